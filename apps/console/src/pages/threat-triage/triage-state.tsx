import type { QueuePage } from '@dengta/sdk'
import { Button } from 'antd'
import { useSession } from '../../house/session.tsx'
import { Notice } from '../../parts/notice.tsx'
import { SignInButton } from '../../shell/sign-in.tsx'
import { useWords } from '../../words/use-words.ts'
import { countJudgements, type Judgements } from './judgements.ts'
import styles from './triage-bench.module.css'

interface Props {
  readonly page: QueuePage
  readonly waiting: number | undefined
  readonly judgements: Judgements
  readonly refresh: () => void
  readonly help: () => void
  readonly open: (group: string) => void
}

/** How long the queue is, what of this visit is saved, and what is not. */
export function TriageState({ page, waiting, judgements, refresh, help, open }: Props) {
  const { t, count } = useWords()
  const { may } = useSession()
  const { saving, saved, failed } = countJudgements(judgements)
  const expected = page.total - saved
  const lost = [...judgements.values()].find(({ state }) => state === 'failed')
  const total = count(waiting ?? expected)
  return (
    <>
      <div className={styles.state}>
        <span>{t('triage.today', { total, judged: count(page.judgedToday + saved) })}</span>
        <span aria-live="polite">
          {saving + saved + failed > 0 &&
            t('judging.bar', { saving: count(saving), saved: count(saved), failed: count(failed) })}
        </span>
        <span className={styles.push}>
          {waiting !== undefined && saving === 0 && waiting !== expected && (
            <span className={styles.changed}>{t('triage.changed', { total })}</span>
          )}
          <Button size="small" onClick={refresh}>
            {t('triage.refresh')}
          </Button>
          <Button size="small" onClick={help}>
            {t('triage.help')}
          </Button>
        </span>
      </div>
      {lost && (
        <Notice title={t('judging.lost', { count: count(failed) })} bad>
          <Button onClick={() => open(lost.group)}>{t('judging.show')}</Button>
        </Notice>
      )}
      {!may('operator') && (
        <Notice title={t('triage.readOnly')}>
          <SignInButton />
        </Notice>
      )}
    </>
  )
}
