import { useMutation } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useId, useState } from 'react'
import { useSession } from '../../house/session.tsx'
import { Section } from '../../parts/page.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { useWords } from '../../words/use-words.ts'
import { checkExport } from './check-export.ts'
import { CheckList } from './check-list.tsx'
import styles from './verify-here.module.css'

/** Downloads the record with its proof and checks it in this browser, step by step in plain words. */
export function VerifyHere({ id }: { readonly id: string }) {
  const { t } = useWords()
  const { client } = useSession()
  const [fingerprint, setFingerprint] = useState('')
  const field = useId()
  const verify = useMutation({ mutationFn: async () => checkExport(await client.exportRecord(id), fingerprint) })
  return (
    <Section title={t('record.verify')} note={t('record.verifyNote')}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          verify.mutate()
        }}
      >
        <div className={styles.pin}>
          <label htmlFor={field}>{t('record.pin')}</label>
          <Input
            id={field}
            value={fingerprint}
            onChange={({ target }) => setFingerprint(target.value)}
            aria-describedby={`${field}-how`}
            spellCheck={false}
            autoComplete="off"
          />
          <p id={`${field}-how`}>{t('record.pinHow')}</p>
        </div>
        <Button type="primary" htmlType="submit" loading={verify.isPending}>
          {t('record.verifyNow')}
        </Button>
      </form>
      <div aria-live="polite">
        {verify.data && <CheckList report={verify.data} />}
        {verify.isError && <ProblemNotice error={verify.error} />}
      </div>
    </Section>
  )
}
