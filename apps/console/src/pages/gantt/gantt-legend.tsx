import { useLook } from '../../house/use-look.ts'
import { useWords } from '../../words/use-words.ts'
import styles from './gantt-board.module.css'
import { type Colouring, coloursOf, POWER_STEPS } from './gantt-colours.ts'

/** What the colours mean. */
export function GanttLegend({ by }: { readonly by: Colouring }) {
  const look = useLook()
  const names = useNames(by)
  return (
    <div className={styles.legend}>
      {coloursOf(look, by).map((colour, i) => (
        <span key={colour}>
          <i style={{ background: colour }} /> {names[i]}
        </span>
      ))}
    </div>
  )
}

function useNames(by: Colouring): readonly string[] {
  const { t, percent } = useWords()
  const [low, middle, high] = POWER_STEPS
  if (by === 'tier') return [t('tier.0'), t('tier.1'), t('tier.2'), t('tier.3')]
  if (by === 'state') return [t('gantt.over'), t('gantt.runs'), t('gantt.comes')]
  return [
    t('gantt.powerUpTo', { share: percent(low) }),
    t('gantt.powerBetween', { low: percent(low), high: percent(middle) }),
    t('gantt.powerBetween', { low: percent(middle), high: percent(high) }),
    t('gantt.powerFull', { share: percent(high) }),
  ]
}
