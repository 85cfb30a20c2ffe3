import { type PointerEvent, type RefObject, useEffect, useRef } from 'react'
import type { GanttModel } from './gantt-model.ts'
import { barAt } from './gantt-view.ts'
import type { GanttSight } from './use-gantt-sight.ts'

interface Given {
  readonly sight: GanttSight
  readonly model: GanttModel
  readonly describe: (bar: number) => string
  readonly open: (bar: number) => void
  readonly tip: RefObject<HTMLDivElement | null>
}

/** A pointer that moved less than this, px, has clicked. */
const STILL = 4

/** Drag moves the chart, a click opens a bar, the wheel with Ctrl zooms, with Shift it moves along time. */
export function useGanttPointer({ sight, model, describe, open, tip }: Given) {
  const drag = useRef<{ x: number; y: number; far: number } | undefined>(undefined)
  useWheel(sight)
  const at = ({ clientX, clientY, currentTarget }: PointerEvent<HTMLElement>) => {
    const { left, top } = currentTarget.getBoundingClientRect()
    return { x: clientX - left, y: clientY - top }
  }
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const { x, y } = at(event)
    if (drag.current) return dragged(sight, drag.current, event)
    const bar = barAt(model, sight.view(), x, y)
    sight.point(bar)
    showTip(tip.current, sight, bar < 0 ? undefined : { x, y, text: describe(bar) })
  }
  const onPointerUp = (event: PointerEvent<HTMLElement>) => {
    const { x, y } = at(event)
    const bar = barAt(model, sight.view(), x, y)
    if (drag.current && drag.current.far < STILL && bar >= 0) {
      sight.focus(bar)
      open(bar)
    }
    drag.current = undefined
  }
  return {
    onPointerMove,
    onPointerUp,
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button === 0 && event.pointerType === 'mouse') event.currentTarget.setPointerCapture(event.pointerId)
      drag.current = { x: event.clientX, y: event.clientY, far: 0 }
    },
    onPointerLeave: () => {
      drag.current = undefined
      sight.point(-1)
      showTip(tip.current, sight, undefined)
    },
  }
}

function dragged(sight: GanttSight, drag: { x: number; y: number; far: number }, event: PointerEvent): void {
  const [dx, dy] = [event.clientX - drag.x, event.clientY - drag.y]
  Object.assign(drag, { x: event.clientX, y: event.clientY, far: drag.far + Math.abs(dx) + Math.abs(dy) })
  sight.panBy(-dx)
  if (event.pointerType === 'mouse' && sight.frame.current) sight.frame.current.scrollTop -= dy
}

/** The wheel is listened to by hand: a listener of React may not keep the page from zooming. */
function useWheel(sight: GanttSight): void {
  const latest = useRef(sight)
  useEffect(() => {
    latest.current = sight
  })
  useEffect(() => {
    const frame = latest.current.frame.current
    const onWheel = (event: WheelEvent) => {
      const { left } = (event.currentTarget as Element).getBoundingClientRect()
      const along = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX
      if (!event.ctrlKey && !event.metaKey && along === 0) return
      event.preventDefault()
      if (event.ctrlKey || event.metaKey) latest.current.zoomBy(Math.exp(-event.deltaY / 300), event.clientX - left)
      else latest.current.panBy(along)
    }
    frame?.addEventListener('wheel', onWheel, { passive: false })
    return () => frame?.removeEventListener('wheel', onWheel)
  }, [])
}

function showTip(
  tip: HTMLDivElement | null,
  sight: GanttSight,
  shown: { readonly x: number; readonly y: number; readonly text: string } | undefined,
): void {
  if (!tip) return
  tip.hidden = shown === undefined
  if (!shown) return
  const { wide, top } = sight.view()
  tip.textContent = shown.text
  tip.style.left = `${Math.min(shown.x + 14, Math.max(0, wide - 310))}px`
  tip.style.top = `${top + shown.y + 18}px`
}
