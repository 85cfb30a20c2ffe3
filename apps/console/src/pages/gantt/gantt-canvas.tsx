import { useRef } from 'react'
import { useWords } from '../../words/use-words.ts'
import styles from './gantt-canvas.module.css'
import type { GanttModel } from './gantt-model.ts'
import { AXIS } from './gantt-view.ts'
import { useGanttKeys } from './use-gantt-keys.ts'
import { useGanttPointer } from './use-gantt-pointer.ts'
import type { GanttSight } from './use-gantt-sight.ts'

interface Props {
  readonly sight: GanttSight
  readonly model: GanttModel
  /** What is said of a bar. */
  readonly describe: (bar: number) => string
  readonly open: (bar: number) => void
}

/** The chart itself: a canvas that stays in place while its frame scrolls over the rows. */
export function GanttCanvas({ sight, model, describe, open }: Props) {
  const { t, count } = useWords()
  const tip = useRef<HTMLDivElement>(null)
  const pointer = useGanttPointer({ sight, model, describe, open, tip })
  const keys = useGanttKeys({ sight, model, open })
  return (
    <div
      ref={sight.frame}
      className={styles.frame}
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: arrows walk from bar to bar; the same bars stand in a table below
      tabIndex={0}
      aria-label={t('gantt.alt', { jobs: count(model.count) })}
      aria-describedby="gantt-how"
      onScroll={sight.scrolled}
      onKeyDown={keys}
      {...pointer}
    >
      <canvas ref={sight.canvas} className={styles.canvas} />
      <div style={{ height: AXIS + model.rows * sight.rowTall, marginTop: 'calc(-1 * var(--gantt-tall, 640px))' }} />
      <div ref={tip} className={styles.tip} hidden />
      <span className="unseen" aria-live="polite">
        {sight.focused >= 0 ? describe(sight.focused) : ''}
      </span>
    </div>
  )
}
