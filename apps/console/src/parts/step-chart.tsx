import { type CSSProperties, memo, type ReactNode } from 'react'
import { clockOf, clockTicks } from './clock.ts'
import styles from './step-chart.module.css'
import { brokenLine, stepArea, stepBand, stepLine, TALL, upFrom } from './step-path.ts'

/** What is drawn: `area` and `line` in the colour of the chart, `limit` in ink, `target` dashed and only where it is not below zero, `band` and `forecast` filled between two lines, the band darker. */
export type Layer =
  | { readonly as: 'area' | 'line' | 'limit' | 'target' | 'plain'; readonly values: readonly number[] }
  | { readonly as: 'band' | 'forecast'; readonly values: readonly number[]; readonly high: readonly number[] }

/** A stretch of time that stands out, in slots. */
export interface Span {
  readonly from: number
  readonly to: number
  readonly label: string
}

interface Props {
  readonly slots: number
  /** Value at the upper edge, and how it is written there. */
  readonly top: number
  readonly topLabel?: ReactNode
  readonly layers: readonly Layer[]
  /** What the picture says in one sentence. */
  readonly alt: string
  readonly spans?: readonly Span[]
  /** Height in px. */
  readonly tall?: number
  /** A CSS colour. */
  readonly ink?: string
  /** Slots from one grid line to the next. */
  readonly grid?: number
}

/**
 * Steps over slots, any width. A cursor stands at `--at` with the width `--wide-of`, both set by whoever reads several charts at
 * once, so that moving it draws nothing anew.
 */
export const StepChart = memo(function StepChart(props: Props) {
  const { slots, top, topLabel, layers, alt, spans = [], tall = 40, ink = 'var(--accent)', grid = slots / 4 } = props
  const y = upFrom(top)
  const style = { '--tall': `${tall}px`, '--ink-of': ink, '--grid': `${(100 * grid) / slots}%` } as CSSProperties
  return (
    <div className={styles.chart} style={style} data-plot={slots}>
      {spans.map(({ from, to, label }) => (
        <span key={`${from} ${label}`} className={styles.span} style={placed(from, to, slots)} title={label} />
      ))}
      <svg viewBox={`0 0 ${slots} ${TALL}`} preserveAspectRatio="none" role="img" aria-label={alt}>
        {layers.map((layer, i) => (
          <Drawn key={`${layer.as} ${String(i)}`} layer={layer} y={y} />
        ))}
      </svg>
      {topLabel !== undefined && (
        <span className={styles.top} aria-hidden="true">
          {topLabel}
        </span>
      )}
      <span className={styles.cursor} aria-hidden="true" />
    </div>
  )
})

function Drawn({ layer, y }: { readonly layer: Layer; readonly y: (v: number) => number }) {
  if ('high' in layer) return <path className={styles[layer.as]} d={stepBand(layer.values, layer.high, y)} />
  if (layer.as === 'area') return <path className={styles.area} d={stepArea(layer.values, y)} />
  if (layer.as === 'target') return <path className={styles.target} d={brokenLine(layer.values, y)} />
  return <path className={styles[layer.as]} d={stepLine(layer.values, y)} />
}

const placed = (from: number, to: number, slots: number): CSSProperties => ({
  left: `${(100 * from) / slots}%`,
  width: `${(100 * (to - from)) / slots}%`,
})

interface TicksProps {
  readonly minutes: number
  readonly first?: number
  readonly most?: number
}

/** Times under a stack of charts, at most `most` steps of them. `first`: minute of the left edge. */
export function TimeTicks({ minutes, first = 0, most = 8 }: TicksProps) {
  return (
    <div className={styles.ticks} aria-hidden="true">
      {clockTicks(minutes, most).map((tick) => (
        <span key={tick} style={{ left: `${(100 * tick) / minutes}%` }} data-last={tick === minutes}>
          {clockOf(first + tick)}
        </span>
      ))}
    </div>
  )
}
