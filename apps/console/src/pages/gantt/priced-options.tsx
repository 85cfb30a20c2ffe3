import type { JobWhy } from '@dengta/sdk'
import { useHouse } from '../../house/use-house.ts'
import { clockOf } from '../../parts/clock.ts'
import { useWords } from '../../words/use-words.ts'
import styles from './why-panel.module.css'

const PARTS = ['energy', 'waiting', 'chips', 'power'] as const

/** Told apart by lightness too, not by hue alone. */
const INK = {
  energy: 'var(--accent)',
  waiting: 'var(--line-strong)',
  chips: '#e69f00',
  power: 'var(--simulated)',
} as const

/** What the chosen place costs at the prices of the plan, beside the best others, part by part on one scale. */
export function PricedOptions({ why }: { readonly why: JobWhy }) {
  const { t } = useWords()
  const { data: board } = useHouse('getSiteBoard', [why.plan])
  const options = [...(why.chosen ? [why.chosen] : []), ...why.alternatives]
  if (options.length === 0) return null
  const most = Math.max(...options.map(({ yuan }) => yuan), 1e-9)
  const slotMinutes = board?.slotMinutes ?? 15
  return (
    <>
      <h3>{t('why.options')}</h3>
      <ul className={styles.options}>
        {options.map((option, i) => (
          <Option
            key={`${option.site} ${option.chip} ${option.watts} ${option.start}`}
            {...{ option, most, slotMinutes }}
            chosen={i === 0 && why.chosen !== undefined}
          />
        ))}
      </ul>
      <div className={styles.key} aria-hidden="true">
        {PARTS.map((part) => (
          <span key={part}>
            <i style={{ background: INK[part] }} /> {t(`why.part.${part}`)}
          </span>
        ))}
      </div>
    </>
  )
}

interface OptionProps {
  readonly option: JobWhy['alternatives'][number]
  readonly most: number
  readonly slotMinutes: number
  readonly chosen: boolean
}

function Option({ option, most, slotMinutes, chosen }: OptionProps) {
  const { t, amount, count } = useWords()
  const { site, chip, watts, start, slots, yuan, parts } = option
  const time = { from: clockOf(start * slotMinutes), to: clockOf((start + slots) * slotMinutes) }
  const said = t('why.option', { site, chip, watts: count(watts), ...time })
  const alt = PARTS.map((part) => `${t(`why.part.${part}`)} ${amount(parts[part])}`).join(', ')
  return (
    <li className={styles.option}>
      <div>
        <span>
          {chosen && <b>{t('why.chosen')} </b>}
          {said}
        </span>
        <b>{t('why.yuan', { yuan: amount(yuan) })}</b>
      </div>
      <div className={styles.bar} role="img" aria-label={alt}>
        {PARTS.map((part) => (
          <span key={part} style={{ width: `${(100 * Math.max(0, parts[part])) / most}%`, background: INK[part] }} />
        ))}
      </div>
    </li>
  )
}
