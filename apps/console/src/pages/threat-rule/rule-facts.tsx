import type { RuleDetail } from '@dengta/sdk'
import { Facts } from '../../parts/facts.tsx'
import { isWebLink } from '../../parts/rule-credit-line.tsx'
import { RuleLink, TechniqueLink } from '../../parts/threat-links.tsx'
import { useTacticName } from '../../words/use-tactic-name.ts'
import { useTimes } from '../../words/use-times.ts'
import { useWords } from '../../words/use-words.ts'
import { DayBars } from './day-bars.tsx'
import styles from './rule.module.css'

/** Whose rule it is, what it is about, and what its author says of false alarms. */
export function CreditFacts({ rule }: { readonly rule: RuleDetail }) {
  const { t } = useWords()
  const tacticName = useTacticName()
  const {
    author,
    licence,
    link,
    version,
    file,
    line,
    logSource,
    techniques,
    tactics,
    falsePositives,
    references,
    readBy,
  } = rule
  return (
    <Facts
      facts={[
        [t('rules.author'), author || '–'],
        [t('rule.licence'), licence || '–'],
        [t('rule.link'), <SafeLink key="link" address={link} />],
        [t('rule.version'), version || '–'],
        [t('report.place'), <code key="place">{t('report.line', { file, line })}</code>],
        [t('report.logSource'), Object.values(logSource).filter(Boolean).join(' / ') || t('report.anySource')],
        [
          'ATT&CK',
          <span key="attack" className={styles.list}>
            {techniques.map((id) => (
              <TechniqueLink key={id} id={id}>
                {id}
              </TechniqueLink>
            ))}
            {tactics.map((tactic) => (
              <span key={tactic}>{tacticName(tactic)}</span>
            ))}
          </span>,
        ],
        ...(falsePositives.length > 0 ? [[t('rule.falsePositives'), falsePositives.join('; ')] as const] : []),
        ...(references.length > 0
          ? [[t('rule.references'), references.map((address) => <SafeLink key={address} address={address} />)] as const]
          : []),
        ...(readBy.length > 0
          ? [
              [
                t('rule.readBy'),
                readBy.map((id) => (
                  <RuleLink key={id} id={id}>
                    {id}
                  </RuleLink>
                )),
              ] as const,
            ]
          : []),
      ]}
    />
  )
}

function SafeLink({ address }: { readonly address: string }) {
  if (!isWebLink(address)) return <span>{address || '–'}</span>
  return (
    <a href={address} target="_blank" rel="noreferrer noopener" className={styles.link}>
      {address}
    </a>
  )
}

/** How often it fired, what people made of it, and what it takes. */
export function HitFacts({ rule }: { readonly rule: RuleDetail }) {
  const { t, count, percent, cost: number } = useWords()
  const { moment } = useTimes()
  const { hits, lastHit, cost, verdicts, days } = rule
  return (
    <>
      <Facts
        columns={2}
        facts={[
          [t('rules.hits'), count(hits)],
          [t('rules.lastHit'), lastHit ? moment(lastHit) : t('rule.never')],
          [
            t('rule.verdicts'),
            t('rule.verdictsText', {
              attack: count(verdicts.attack),
              benign: count(verdicts.benign),
              unclear: count(verdicts.unclear),
            }),
          ],
          [t('rules.evaluations'), cost ? count(cost.evaluations) : '–'],
          [
            t('rules.cost'),
            cost
              ? t('rule.costText', {
                  share: percent(cost.share),
                  seconds: number(cost.secondsPerMillion),
                  all: number(cost.microseconds / 1e6),
                })
              : t('rule.noCost'),
          ],
        ]}
      />
      {days.length > 0 && <DayBars days={days} />}
    </>
  )
}
