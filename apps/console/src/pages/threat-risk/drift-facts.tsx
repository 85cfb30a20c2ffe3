import type { RiskView } from '@dengta/sdk'
import { Facts } from '../../parts/facts.tsx'
import { Tag } from '../../parts/tag.tsx'
import { useWords } from '../../words/use-words.ts'

const TONE = { steady: 'good', shifted: 'bad', too_few: 'unsure' } as const

/** Whether what comes in still looks like what was learnt from. */
export function DriftFacts({ drift }: { readonly drift: RiskView['drift'] }) {
  const { t, say, cost, percent } = useWords()
  const { state, signatures, unknown, limits } = drift
  return (
    <Facts
      facts={[
        [
          t('risk.drift'),
          <span key="state">
            <Tag tone={TONE[state]}>{t(`risk.drift.${state}`)}</Tag> {say(drift.text)}
          </span>,
        ],
        [
          t('risk.driftSignatures'),
          signatures === undefined
            ? t('risk.driftNone', { limit: cost(limits.signatures) })
            : t('risk.driftLimit', { value: cost(signatures), limit: cost(limits.signatures) }),
        ],
        [
          t('risk.driftUnknown'),
          unknown === undefined
            ? t('risk.driftNone', { limit: percent(limits.unknown) })
            : t('risk.driftLimit', { value: percent(unknown), limit: percent(limits.unknown) }),
        ],
      ]}
    />
  )
}
