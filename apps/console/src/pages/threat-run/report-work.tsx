import type { ReportRun, RunDetail } from '@dengta/sdk'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useSession } from '../../house/session.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { useWords } from '../../words/use-words.ts'
import styles from './run.module.css'
import { itself, useRunStep } from './use-run-step.ts'

interface Props {
  readonly run: RunDetail
  readonly asks: 'manual' | 'uncertain'
}

/** A person's word on work by hand, or on a command whose answer was lost. */
export function ReportWork({ run, asks }: Props) {
  const { t } = useWords()
  const { client, may } = useSession()
  const [detail, setDetail] = useState('')
  const report = useRunStep(run.id, (said: ReportRun) => client.reportRun(run.id, said), itself)
  const off = detail.trim() === '' || !may('operator')
  const send = (ok: boolean) => report.mutate({ ok, detail: detail.trim() })
  return (
    <>
      <p>{t(`run1.${asks}How`)}</p>
      <label htmlFor="report-detail">
        {t('run1.detail')}
        <Input.TextArea
          id="report-detail"
          rows={2}
          maxLength={2000}
          value={detail}
          onChange={({ target }) => setDetail(target.value)}
        />
      </label>
      <div className={styles.buttons}>
        <Button type="primary" disabled={off} loading={report.isPending} onClick={() => send(true)}>
          {t('run1.reportDone')}
        </Button>
        <Button danger disabled={off} loading={report.isPending} onClick={() => send(false)}>
          {t('run1.reportNot')}
        </Button>
      </div>
      {report.isError && <ProblemNotice error={report.error} />}
    </>
  )
}
