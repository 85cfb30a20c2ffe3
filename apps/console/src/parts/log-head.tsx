import type { LogView } from '@dengta/sdk'
import { Link } from '@tanstack/react-router'
import { useWords } from '../words/use-words.ts'
import { Digest } from './digest.tsx'
import { Facts } from './facts.tsx'
import { Tag } from './tag.tsx'

/** The head of the log: how long it is, and how much of it others have cosigned. */
export function LogHead({ log }: { readonly log: LogView }) {
  const { t, count } = useWords()
  return (
    <Facts
      facts={[
        [
          t('log.size'),
          <Link key="size" to="/prove/log">
            {t('log.records', { count: count(log.size) })}
          </Link>,
        ],
        [t('log.cosigned'), <Cosigned key="cosigned" log={log} />],
        [t('log.origin'), log.origin],
        [t('log.root'), <Digest key="root" value={log.rootHash} />],
      ]}
    />
  )
}

function Cosigned({ log }: { readonly log: LogView }) {
  const { t, count } = useWords()
  const behind = log.size - log.cosignedSize
  if (log.witnesses.some((witness) => witness.refusal)) return <Tag tone="bad">{t('log.refuses')}</Tag>
  if (log.witnesses.length === 0) return <Tag tone="unsure">{t('log.none')}</Tag>
  return (
    <>
      <Tag tone={behind === 0 ? 'good' : 'unsure'}>
        {behind === 0
          ? t('log.allCosigned')
          : t('log.behind', { size: count(log.cosignedSize), behind: count(behind) })}
      </Tag>{' '}
      {log.witnesses.map((witness) => witness.name).join(', ')}
    </>
  )
}
