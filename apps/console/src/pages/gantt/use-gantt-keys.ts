import type { KeyboardEvent } from 'react'
import { type GanttModel, nextBar } from './gantt-model.ts'
import type { GanttSight } from './use-gantt-sight.ts'

interface Given {
  readonly sight: GanttSight
  readonly model: GanttModel
  readonly open: (bar: number) => void
}

const ARROWS = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' } as const

/** Arrows walk from bar to bar, Enter asks why, + and - zoom, Shift with arrows moves along time, 0 shows the whole day. */
export function useGanttKeys({ sight, model, open }: Given) {
  const acts: Readonly<Record<string, () => void>> = {
    enter: () => sight.focused >= 0 && open(sight.focused),
    ' ': () => sight.focused >= 0 && open(sight.focused),
    '+': () => sight.zoomBy(1.5),
    '=': () => sight.zoomBy(1.5),
    '-': () => sight.zoomBy(1 / 1.5),
    '0': () => sight.whole(),
    home: () => sight.focus(0),
    end: () => sight.focus(model.count - 1),
  }
  return (event: KeyboardEvent<HTMLElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const arrow = ARROWS[event.key as keyof typeof ARROWS]
    const act = arrow ? () => walk(arrow, event.shiftKey) : acts[event.key.toLowerCase()]
    if (!act) return
    event.preventDefault()
    act()
  }
  function walk(arrow: (typeof ARROWS)[keyof typeof ARROWS], moves: boolean): void {
    if (moves && (arrow === 'left' || arrow === 'right')) sight.panBy(arrow === 'left' ? -120 : 120)
    else sight.focus(nextBar(model, sight.focused, arrow))
  }
}
