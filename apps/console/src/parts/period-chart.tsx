import type { BoardRow } from '@dengta/sdk'
import { useWords } from '../words/use-words.ts'
import type { Scale } from './chart-scale.ts'
import type { Marks } from './interval-plot.tsx'
import styles from './period-chart.module.css'

type Part = BoardRow['periods'][number]

interface Props {
  readonly parts: readonly Part[]
  /** Shared by all charts that stand beside each other. */
  readonly scale: Scale
  readonly marks: Marks
  readonly direction: 'higher' | 'lower'
}

/** A score period by period with its intervals, against the threshold and the floor. Height 132 px, any width. */
export function PeriodChart({ parts, scale, marks, direction }: Props) {
  const { t, score } = useWords()
  const alt = parts.map((part) =>
    t('chart.alt', { part: part.part, value: score(part.value), low: score(part.low), high: score(part.high) }),
  )
  return (
    <figure className={styles.chart}>
      <svg role="img" aria-label={alt.join('; ')}>
        <Frame scale={scale} marks={marks} format={score} />
        <Joins parts={parts} scale={scale} />
        {parts.map((part, i) => (
          <Point
            key={part.part}
            part={part}
            x={across(i, parts.length)}
            scale={scale}
            bad={beyond(part.value, marks.floor, direction)}
          />
        ))}
      </svg>
      <figcaption aria-hidden="true">
        {parts.map((part) => (
          <span key={part.part}>{part.part}</span>
        ))}
      </figcaption>
    </figure>
  )
}

/** True where a value is worse than the floor. */
export function beyond(value: number, floor: number, direction: 'higher' | 'lower'): boolean {
  return direction === 'higher' ? value < floor : value > floor
}

const across = (i: number, count: number): string => `${(((i + 0.5) / count) * 100).toFixed(2)}%`
const up = (scale: Scale, value: number): string => `${(100 - scale.at(value)).toFixed(2)}%`

function Frame({
  scale,
  marks,
  format,
}: {
  readonly scale: Scale
  readonly marks: Marks
  readonly format: (v: number) => string
}) {
  return (
    <>
      {scale.ticks.map((tick) => (
        <line key={tick} className={styles.grid} x1="0" x2="100%" y1={up(scale, tick)} y2={up(scale, tick)} />
      ))}
      <line className={styles.floor} x1="0" x2="100%" y1={up(scale, marks.floor)} y2={up(scale, marks.floor)} />
      <line
        className={styles.threshold}
        x1="0"
        x2="100%"
        y1={up(scale, marks.threshold)}
        y2={up(scale, marks.threshold)}
      />
      {scale.ticks.map((tick) => (
        <text key={tick} className={styles.tick} x="0" y={up(scale, tick)} dy="3">
          {format(tick).replace(/0{1,2}$/, '')}
        </text>
      ))}
    </>
  )
}

function Joins({ parts, scale }: { readonly parts: readonly Part[]; readonly scale: Scale }) {
  return parts
    .slice(1)
    .map((part, i) => (
      <line
        key={part.part}
        className={styles.join}
        x1={across(i, parts.length)}
        x2={across(i + 1, parts.length)}
        y1={up(scale, parts[i]!.value)}
        y2={up(scale, part.value)}
      />
    ))
}

interface PointProps {
  readonly part: Part
  readonly x: string
  readonly scale: Scale
  readonly bad: boolean
}

function Point({ part, x, scale, bad }: PointProps) {
  return (
    <g data-bad={bad} className={styles.point}>
      <line x1={x} x2={x} y1={up(scale, part.low)} y2={up(scale, part.high)} />
      <circle cx={x} cy={up(scale, part.value)} r="3.5" />
    </g>
  )
}
