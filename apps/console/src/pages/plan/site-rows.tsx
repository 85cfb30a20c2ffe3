import { useMemo } from 'react'
import { type Layer, StepChart } from '../../parts/step-chart.tsx'
import { useWords } from '../../words/use-words.ts'
import { BoardRow } from './board-row.tsx'
import type { SitePanelProps } from './site-panel-props.ts'

/** Chips in use, price, carbon, and what one more MW would be worth. */
export function SiteRows({ board, site, scales, slot }: SitePanelProps) {
  const { t, cost, count, amount } = useWords()
  const { slots } = board
  return (
    <>
      {site.pools.map((pool) => (
        <BoardRow
          key={pool.chip}
          name={t('site.chips', { chip: pool.chip })}
          value={t('site.chipsOf', { used: count(pool.used[slot] ?? 0), of: count(pool.count) })}
        >
          <Steps
            values={pool.used}
            top={pool.count}
            {...{ slots }}
            alt={t('site.chipsAlt', { chip: pool.chip, most: count(Math.max(...pool.used)), of: count(pool.count) })}
          />
        </BoardRow>
      ))}
      <BoardRow name={t('site.price')} value={cost(site.yuanPerKwh[slot] ?? 0)}>
        <Steps
          values={site.yuanPerKwh}
          top={scales.price}
          {...{ slots }}
          ink="var(--unknown)"
          alt={rangeOf(t('site.price'), site.yuanPerKwh, cost)}
        />
      </BoardRow>
      <BoardRow name={t('site.carbon')} value={cost(site.carbonKgPerKwh[slot] ?? 0)}>
        <Steps
          values={site.carbonKgPerKwh}
          top={scales.carbon}
          {...{ slots }}
          ink="var(--muted)"
          alt={rangeOf(t('site.carbon'), site.carbonKgPerKwh, cost)}
        />
      </BoardRow>
      <BoardRow name={t('site.worth')} value={amount(site.shadowYuanPerMwh[slot] ?? 0)}>
        <Steps
          values={site.shadowYuanPerMwh}
          top={scales.worth}
          {...{ slots }}
          ink="var(--simulated)"
          alt={rangeOf(t('site.worth'), site.shadowYuanPerMwh, amount)}
        />
      </BoardRow>
    </>
  )
}

const rangeOf = (name: string, values: readonly number[], format: (value: number) => string): string =>
  `${name}: ${format(Math.min(...values))} – ${format(Math.max(...values))}`

interface StepsProps {
  readonly values: readonly number[]
  readonly top: number
  readonly slots: number
  readonly alt: string
  readonly ink?: string
}

/** A low strip of steps, filled. */
export function Steps({ values, ...rest }: StepsProps) {
  const layers = useMemo(
    (): readonly Layer[] => [
      { as: 'area', values },
      { as: 'line', values },
    ],
    [values],
  )
  return <StepChart {...rest} layers={layers} tall={30} />
}
