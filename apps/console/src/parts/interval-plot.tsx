import type { Scale } from './chart-scale.ts'
import styles from './interval-plot.module.css'

export interface Marks {
  readonly threshold: number
  readonly floor: number
}

interface Props {
  readonly scale: Scale
  readonly marks: Marks
  readonly value: number
  readonly low: number
  readonly high: number
  readonly worst?: number | undefined
  readonly meets: boolean
  /** What the picture says, for who does not see it. */
  readonly alt: string
}

/** One line of a forest plot. Lines stacked without gaps share their threshold and floor. */
export function IntervalPlot({ scale, marks, value, low, high, worst, meets, alt }: Props) {
  const at = (x: number) => `${scale.at(x).toFixed(2)}%`
  return (
    <svg className={styles.plot} data-meets={meets} role="img" aria-label={alt}>
      <Guides scale={scale} marks={marks} />
      <line className={styles.bar} x1={at(low)} x2={at(high)} y1="50%" y2="50%" />
      {[low, high].map((end, side) => (
        <line key={side === 0 ? 'low' : 'high'} className={styles.bar} x1={at(end)} x2={at(end)} y1="38%" y2="62%" />
      ))}
      {worst !== undefined && (
        <svg x={at(worst)} y="50%" className={styles.loose} aria-hidden="true">
          <path className={styles.worst} d="M0 -6L5 0L0 6L-5 0Z" />
        </svg>
      )}
      <circle className={styles.dot} cx={at(value)} cy="50%" r="5.5" />
    </svg>
  )
}

function Guides({ scale, marks }: { readonly scale: Scale; readonly marks: Marks }) {
  const at = (x: number) => `${scale.at(x).toFixed(2)}%`
  return (
    <>
      {scale.ticks.map((tick) => (
        <line key={tick} className={styles.grid} x1={at(tick)} x2={at(tick)} y1="0" y2="100%" />
      ))}
      <line className={styles.floor} x1={at(marks.floor)} x2={at(marks.floor)} y1="0" y2="100%" />
      <line className={styles.threshold} x1={at(marks.threshold)} x2={at(marks.threshold)} y1="0" y2="100%" />
    </>
  )
}

interface AxisProps {
  readonly scale: Scale
  readonly format: (value: number) => string
}

/** The numbers over a stack of lines. */
export function IntervalAxis({ scale, format }: AxisProps) {
  return (
    <svg className={styles.axis} aria-hidden="true">
      {scale.ticks.map((tick) => (
        <text key={tick} x={`${scale.at(tick).toFixed(2)}%`} y="12" textAnchor="middle">
          {format(tick)}
        </text>
      ))}
    </svg>
  )
}
