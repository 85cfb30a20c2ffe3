import type { DryRunView } from '@dengta/sdk'
import { useTimes } from '../words/use-times.ts'
import { useWords } from '../words/use-words.ts'
import styles from './commands.module.css'
import { Tag } from './tag.tsx'

type Command = DryRunView['steps'][number]['sends'][number]

/** Commands exactly as they are sent: kind, place, body, and which secret goes with them by name. */
export function Commands({ commands }: { readonly commands: readonly Command[] }) {
  const { t } = useWords()
  const { latency } = useTimes()
  if (commands.length === 0) return <p className={styles.about}>{t('playbook.sendsNothing')}</p>
  return (
    <ol className={styles.commands}>
      {commands.map(({ type, place, request, secret, timeoutMs }, i) => (
        <li key={`${type} ${place} ${String(i)}`}>
          <p className={styles.about}>
            {place.startsWith('simulator:') && <Tag tone="simulated">{t('runs.simulated')}</Tag>} <b>{type}</b>{' '}
            <code>{place}</code> · {t('playbook.timeout', { span: latency(timeoutMs) })}
            {secret && ` · ${t('playbook.secret', { name: secret })}`}
          </p>
          <pre>{typeof request === 'string' ? request : JSON.stringify(request, null, 2)}</pre>
        </li>
      ))}
    </ol>
  )
}
