import { type FreeBoard, TRUST_CLASSES, wordFor } from '@dengta/sdk'
import { useWords } from '../../words/use-words.ts'
import styles from './free-map.module.css'
import { byHour, least, meanByHour } from './hours.ts'

interface Props {
  readonly board: FreeBoard
  /** The hour of now. */
  readonly now: number
}

/** Per site: one row a type of chip, then carbon and price. */
export function FreeRows({ board, now }: Props) {
  const { t, say, count, cost } = useWords()
  const { sites, pools, slotMinutes } = board
  const carbons = sites.map((site) => meanByHour(site.carbonKgPerKwh, slotMinutes))
  const prices = sites.map((site) => meanByHour(site.yuanPerKwh, slotMinutes))
  const [mostCarbon, mostPrice] = [Math.max(...carbons.flat()), Math.max(...prices.flat())]
  return sites.map(({ site }, s) => (
    <tbody key={site}>
      <tr className={styles.site}>
        <th scope="rowgroup">{site}</th>
      </tr>
      {pools
        .filter((pool) => pool.site === site)
        .map(({ chip, trust, count: all, free }) => (
          <HourRow
            key={chip}
            name={t('public.pool', { chip, trust: say(wordFor(TRUST_CLASSES, trust)), count: count(all) })}
            values={byHour(free, slotMinutes, least)}
            {...{ most: all, now }}
            ink="var(--open)"
            strength={36}
            said={(value) => (value === 0 ? '·' : count(value))}
          />
        ))}
      <HourRow
        small
        name={t('public.carbon')}
        values={carbons[s]!}
        {...{ most: mostCarbon, now }}
        ink="var(--muted)"
        strength={34}
        said={(kg) => count(Math.round(kg * 1000))}
      />
      <HourRow
        small
        name={t('public.price')}
        values={prices[s]!}
        {...{ most: mostPrice, now }}
        ink="var(--lamp)"
        strength={40}
        said={cost}
      />
    </tbody>
  ))
}

interface RowProps {
  readonly name: string
  readonly values: readonly number[]
  readonly most: number
  readonly now: number
  readonly ink: string
  /** Per cent of ink at the highest value: low enough for the number to be read on it. */
  readonly strength: number
  readonly said: (value: number) => string
  readonly small?: boolean
}

function HourRow({ name, values, most, now, ink, strength, said, small = false }: RowProps) {
  const shade = (value: number): string => `${Math.round((strength * value) / (most || 1))}%`
  return (
    <tr data-small={small}>
      <th scope="row">{name}</th>
      {values.map((value, hour) => (
        <td
          key={String(hour)}
          data-past={hour < now}
          className={value === 0 ? styles.none : undefined}
          style={{ background: `color-mix(in srgb, ${ink} ${shade(value)}, var(--surface))` }}
        >
          {said(value)}
        </td>
      ))}
    </tr>
  )
}
