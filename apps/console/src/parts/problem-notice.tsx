import { ApiError } from '@dengta/sdk'
import { Button } from 'antd'
import { SignInButton } from '../shell/sign-in.tsx'
import { useTimes } from '../words/use-times.ts'
import { useWords } from '../words/use-words.ts'
import styles from './notice.module.css'
import { Notice } from './notice.tsx'

interface Props {
  readonly error: Error
  readonly retry?: () => void
  /** When what stands below was answered, where something does. */
  readonly since?: number
}

/** A failure: what happened and what to do, its stable code, and the next step as a button. Neither not to be signed in nor to lack a role is one. */
export function ProblemNotice({ error, retry, since }: Props) {
  const { t, say } = useWords()
  const { moment } = useTimes()
  const known = error instanceof ApiError ? error : undefined
  if (known?.code === 'http.missing_token')
    return (
      <Notice title={t('shell.signInFirst')}>
        <p style={{ marginBottom: 10 }}>{t('shell.signInFirstText')}</p>
        <SignInButton />
      </Notice>
    )
  if (known?.code === 'http.role_needed') return <Notice title={t('shell.otherRole')}>{say(known.text)}</Notice>
  return (
    <div role="alert" className={`${styles.notice} ${styles.bad}`}>
      <p className={styles.title}>{known ? say(known.text) : t('shell.unexpected')}</p>
      <p className={styles.small}>
        {t('shell.code')} <code>{known?.code ?? error.name}</code>
        {known && known.status > 0 && ` · HTTP ${known.status}`}
      </p>
      {since !== undefined && <p className={styles.small}>{t('shell.stale', { at: moment(since) })}</p>}
      <div className={styles.buttons}>
        {known?.status === 401 && <SignInButton />}
        {retry && <Button onClick={retry}>{t('shell.retry')}</Button>}
      </div>
    </div>
  )
}
