import { useParams } from '@tanstack/react-router'
import { useSession } from '../../house/session.tsx'
import { BenchmarkFrame } from '../../parts/benchmark-frame.tsx'
import { Notice } from '../../parts/notice.tsx'
import { SignInButton } from '../../shell/sign-in.tsx'
import { useWords } from '../../words/use-words.ts'
import { SubmitForm } from './submit-form.tsx'
import styles from './submit-page.module.css'

export function SubmitPage() {
  const id = useParams({ strict: false }).benchmark ?? ''
  const { t } = useWords()
  const { may } = useSession()
  return (
    <BenchmarkFrame id={id} kicker={t('submit.kicker')} lead={t('submit.lead')}>
      {(benchmark) => (
        <div className={styles.sheet}>
          {!benchmark.dataset && <Notice title={t('benchmark.noDataset')}>{t('benchmark.noDatasetText')}</Notice>}
          {benchmark.dataset && may('developer') && <SubmitForm benchmark={benchmark} />}
          {benchmark.dataset && !may('developer') && (
            <Notice title={t('submit.signIn')}>
              <p>{t('submit.signInText')}</p>
              <SignInButton />
            </Notice>
          )}
        </div>
      )}
    </BenchmarkFrame>
  )
}
