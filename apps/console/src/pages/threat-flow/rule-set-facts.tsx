import type { FlowView } from '@dengta/sdk'
import { Link } from '@tanstack/react-router'
import { useHouse } from '../../house/use-house.ts'
import { Digest } from '../../parts/digest.tsx'
import { Facts } from '../../parts/facts.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { RecordLink } from '../../parts/record-link.tsx'
import { useTimes } from '../../words/use-times.ts'
import { useWords } from '../../words/use-words.ts'

/** What detects: the rule set in force, and what became of the events that reached it. */
export function RuleSetFacts({ flow: { totals, memory } }: { readonly flow: FlowView }) {
  const { t, say, count, bytes } = useWords()
  const { moment } = useTimes()
  const query = useHouse('getRuleSet', [])
  return (
    <Loaded query={query}>
      {({ rules, correlations, filters, refused, quarantined, source, licence, loadedAt, hash, record }) => (
        <Facts
          columns={3}
          facts={[
            [
              t('flow.rules'),
              <Link key="rules" to="/serve/threat/rules">
                {t('flow.rulesText', {
                  rules: count(rules),
                  correlations: count(correlations),
                  filters: count(filters),
                })}
              </Link>,
            ],
            [
              t('flow.refused'),
              <Link key="refused" to="/serve/threat/rules/report">
                {count(refused.length)}
              </Link>,
            ],
            [t('flow.quarantined'), count(quarantined.length)],
            [t('flow.source'), `${say(source)} · ${licence}`],
            [t('flow.loadedAt'), moment(loadedAt)],
            [t('threat.record'), record ? <RecordLink key="record" id={record} /> : '–'],
            [t('flow.evaluated'), count(totals.evaluated)],
            [t('flow.unmapped'), count(totals.unmapped)],
            [t('flow.unevaluated'), count(totals.unevaluated)],
            [t('flow.unreadable'), count(totals.unreadable)],
            [
              t('flow.memory'),
              memory.totalBytes === 0
                ? '–'
                : t('flow.memoryText', { free: bytes(memory.freeBytes), total: bytes(memory.totalBytes) }),
            ],
            [t('flow.hash'), <Digest key="hash" value={hash} />],
          ]}
        />
      )}
    </Loaded>
  )
}
