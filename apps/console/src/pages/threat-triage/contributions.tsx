import type { DecisionView } from '@dengta/sdk'
import { useWords } from '../../words/use-words.ts'
import styles from './group-panel.module.css'

/** What moved the score, as bars to both sides of nothing. */
export function Contributions({ contributions }: Pick<DecisionView, 'contributions'>) {
  const { t, say, cost } = useWords()
  const most = Math.max(0.001, ...contributions.map(({ adds }) => Math.abs(adds)))
  return (
    <>
      <h3>{t('group.contributions')}</h3>
      <p className={styles.muted}>{t('group.contributionsNote')}</p>
      <ul className={styles.contributions}>
        {contributions.map(({ what, adds }) => (
          <li key={what.en}>
            <span>{say(what)}</span>
            <i aria-hidden="true">
              <b data-for={adds > 0} style={barOf(adds / most)} />
            </i>
            <span className={styles.adds}>{(adds > 0 ? '+' : '') + cost(adds).replace('-', '−')}</span>
          </li>
        ))}
      </ul>
    </>
  )
}

/** `share` from -1 to 1 of the half that it points to. */
function barOf(share: number) {
  const width = `${Math.max(1, Math.abs(share) * 50)}%`
  return share >= 0 ? { left: '50%', width } : { right: '50%', width }
}
