import { useMemo } from 'react'
import { useWords } from '../words/use-words.ts'
import styles from './minute-chart.module.css'
import { SlotSlider } from './slot-slider.tsx'
import { type Layer, StepChart, TimeTicks } from './step-chart.tsx'
import { useReading } from './use-reading.ts'

/** Power by minute, kW: what was or would be drawn, what it is held against, and the target (-1 where there is none). */
interface Props {
  readonly drawn: readonly number[]
  readonly against: readonly number[]
  readonly target: readonly number[]
  readonly names: { readonly drawn: string; readonly against: string }
  /** Minute of the day of the left edge. */
  readonly first: number
  readonly alt: string
}

/** Power against a target by minute, read by pointer or keyboard. */
export function MinuteChart({ drawn, against, target, names, first, alt }: Props) {
  const { t, power } = useWords()
  const minutes = drawn.length
  const begins = target.findIndex((kw) => kw >= 0)
  const reading = useReading(minutes, Math.max(0, begins))
  const { layers, peak, top } = useLayers(drawn, against, target)
  const { slot } = reading
  const asked = target[slot] ?? -1
  const said = [
    `${names.against} ${power(against[slot] ?? 0)}`,
    `${names.drawn} ${power(drawn[slot] ?? 0)}`,
    ...(asked >= 0 ? [`${t('event.target')} ${power(asked)}`] : []),
  ]
  return (
    <div {...reading.frame} className={styles.chart}>
      <SlotSlider
        {...{ reading, first }}
        slots={minutes}
        slotMinutes={1}
        label={t('event.minute')}
        said={said.join(', ')}
      >
        <span className={styles.key} data-of="against">
          {said[0]}
        </span>
        <span className={styles.key} data-of="drawn">
          {said[1]}
        </span>
        {said[2] && (
          <span className={styles.key} data-of="target">
            {said[2]}
          </span>
        )}
      </SlotSlider>
      <div className={styles.plot}>
        <StepChart
          slots={minutes}
          tall={220}
          {...{ top, layers, alt }}
          topLabel={peak > 0 ? power(top) : undefined}
          grid={60}
        />
        <TimeTicks minutes={minutes} first={first} />
      </div>
    </div>
  )
}

/** The target is drawn only where there is one. */
function useLayers(drawn: readonly number[], against: readonly number[], target: readonly number[]) {
  return useMemo(() => {
    const peak = Math.max(0, ...drawn, ...against, ...target)
    const layers: readonly Layer[] = [
      { as: 'area', values: drawn },
      { as: 'plain', values: against },
      { as: 'line', values: drawn },
      { as: 'target', values: target },
    ]
    return { peak, top: peak * 1.06 || 1, layers }
  }, [drawn, against, target])
}
