import type { ScenarioView } from '@dengta/sdk'
import { useWords } from '../../words/use-words.ts'
import styles from './pain-point.module.css'

/** The pain point as one statement: the decision first, then who, what, where, how often, and how it stands today. */
export function PainPoint({ pain }: { readonly pain: ScenarioView['painPoint'] }) {
  const { t, say, cost } = useWords()
  const facts = [
    [t('scenario.actor'), say(pain.actor)],
    [t('scenario.quantity'), `${say(pain.quantity)} (${pain.unit})`],
    [t('scenario.place'), say(pain.place)],
    [t('scenario.frequency'), say(pain.frequency)],
  ] as const
  return (
    <section className={styles.pain} aria-label={t('scenario.pain')}>
      <div>
        <h2>{t('scenario.pain')}</h2>
        <p className={styles.decision}>{say(pain.decision)}</p>
        <dl>
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </div>
      <p className={styles.baseline}>
        <span>{t('scenario.baseline')}</span>
        <b>{cost(pain.baseline.value)}</b>
        <span>{pain.baseline.unit}</span>
      </p>
    </section>
  )
}
