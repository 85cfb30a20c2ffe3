import type { RunStatusName } from '@dengta/sdk'
import { useWords } from '../../words/use-words.ts'
import styles from './run.module.css'

/** Column and row of each state. */
const PLACES: Readonly<Record<RunStatusName, readonly [number, number]>> = {
  running: [0, 0],
  waiting: [0, 1],
  succeeded: [1, 0],
  failed: [1, 1],
  cancelled: [1, 2],
  undoing: [2, 0.5],
  undone: [3, 0],
  'undo-failed': [3, 1],
}

const WAYS: readonly (readonly [RunStatusName, RunStatusName])[] = [
  ['running', 'succeeded'],
  ['running', 'failed'],
  ['waiting', 'cancelled'],
  ['succeeded', 'undoing'],
  ['failed', 'undoing'],
  ['undoing', 'undone'],
  ['undoing', 'undo-failed'],
]

const WIDE = 130
const STEP_X = 210
const STEP_Y = 50
const TALL = 34

/** Every state a run can be in, with the one it is in now. */
export function StateMachine({ status }: { readonly status: RunStatusName }) {
  const { t } = useWords()
  const corner = (state: RunStatusName) => {
    const [column, row] = PLACES[state]
    return { x: 10 + column * STEP_X, y: 10 + row * STEP_Y }
  }
  const way = ([from, to]: readonly [RunStatusName, RunStatusName]) => {
    const [a, b] = [corner(from), corner(to)]
    const [x1, y1, x2, y2] = [a.x + WIDE, a.y + TALL / 2, b.x - 3, b.y + TALL / 2]
    return `M${x1} ${y1}C${x1 + 40} ${y1} ${x2 - 40} ${y2} ${x2} ${y2}`
  }
  return (
    <div className={styles.machine}>
      <svg
        width={20 + 3 * STEP_X + WIDE}
        height={20 + 2 * STEP_Y + TALL}
        role="img"
        aria-label={t('run1.statesAlt', { status: t(`runStatus.${status}`) })}
      >
        {WAYS.map((each) => (
          <path key={each.join(' ')} className={styles.way} d={way(each)} />
        ))}
        <path className={styles.way} d={`M${10 + WIDE / 2} ${10 + TALL}V${10 + STEP_Y}`} />
        {(Object.keys(PLACES) as RunStatusName[]).map((state) => {
          const { x, y } = corner(state)
          return (
            <g key={state} className={styles.state} data-state={state} data-now={state === status}>
              <rect x={x} y={y} width={WIDE} height={TALL} rx="17" />
              <text x={x + WIDE / 2} y={y + TALL / 2 + 4.5} textAnchor="middle">
                {t(`runStatus.${state}`)}
              </text>
            </g>
          )
        })}
      </svg>
    </div>
  )
}
