import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { drawGantt, type Scene } from './draw-gantt.ts'
import type { GanttModel } from './gantt-model.ts'
import { bring, type GanttView, pan, reveal, zoom } from './gantt-view.ts'
import { useGanttInk } from './use-gantt-ink.ts'

export interface GanttSight {
  readonly frame: RefObject<HTMLDivElement | null>
  readonly canvas: RefObject<HTMLCanvasElement | null>
  readonly rowTall: number
  /** The bar that the keyboard stands on; -1 for none. */
  readonly focused: number
  view(): GanttView
  scrolled(): void
  zoomBy(factor: number, x?: number): void
  panBy(px: number): void
  whole(): void
  point(bar: number): void
  focus(bar: number): void
}

/** `chosen`: the bar that is explained; -1 for none. */
type Painted = Omit<Scene, 'ink' | 'font' | 'marked'> & { readonly chosen: number }

/**
 * What of the chart is in sight. It is kept outside of React's state: moving it draws one frame of the canvas and renders nothing.
 */
export function useGanttSight(model: GanttModel, rowTall: number, painted: Painted): GanttSight {
  const frame = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const view = useRef<GanttView>({ from: 0, to: model.bars.slots, top: 0, rowTall, wide: 1, tall: 1 })
  const hovered = useRef(-1)
  const [focused, setFocused] = useState(-1)
  const schedule = useFrames({ frame, canvas, view, hovered }, { ...painted, focused })
  const move = useCallback(
    (next: GanttView) => {
      const scrolled = next.top !== view.current.top ? frame.current : undefined
      view.current = next
      if (scrolled) scrolled.scrollTop = next.top
      schedule()
    },
    [schedule],
  )
  useLayoutEffect(() => move({ ...view.current, rowTall }), [rowTall, move])
  useEffect(() => measured(frame, (wide, tall) => move({ ...view.current, wide, tall })), [move])
  const { slots } = model.bars
  const focus = (bar: number) => {
    setFocused(bar)
    if (bar >= 0) move(reveal(view.current, model, bar))
  }
  useEffect(() => {
    if (painted.chosen < 0) return
    setFocused(painted.chosen)
    move(bring(view.current, model, painted.chosen))
  }, [painted.chosen, model, move])
  const point = (bar: number) => {
    if (bar === hovered.current) return
    hovered.current = bar
    schedule()
  }
  return {
    ...{ frame, canvas, rowTall, focused, point, focus },
    view: () => view.current,
    scrolled: () => move({ ...view.current, top: frame.current?.scrollTop ?? 0 }),
    zoomBy: (factor, x = view.current.wide / 2) => move(zoom(view.current, slots, factor, x)),
    panBy: (px) => move(pan(view.current, slots, px)),
    whole: () => move({ ...view.current, from: 0, to: slots }),
  }
}

interface Drawn {
  readonly frame: RefObject<HTMLDivElement | null>
  readonly canvas: RefObject<HTMLCanvasElement | null>
  readonly view: RefObject<GanttView>
  readonly hovered: RefObject<number>
}

/** Draws at most once a frame of the screen, and once after every rendering. */
function useFrames({ frame, canvas, view, hovered }: Drawn, scene: Painted & { readonly focused: number }): () => void {
  const inkOf = useGanttInk()
  const latest = useRef(scene)
  const asked = useRef(0)
  const schedule = useCallback(() => {
    if (asked.current !== 0) return
    asked.current = requestAnimationFrame(() => {
      asked.current = 0
      const [context, around] = [fitted(canvas.current, view.current), frame.current]
      if (!context || !around) return
      const { focused, chosen, ...rest } = latest.current
      drawGantt(context, { ...rest, marked: [hovered.current, focused, chosen], ...inkOf(around) }, view.current)
    })
  }, [frame, canvas, view, hovered, inkOf])
  useLayoutEffect(() => {
    latest.current = scene
    schedule()
  })
  useEffect(() => () => cancelAnimationFrame(asked.current), [])
  return schedule
}

/** The canvas with as many points as the screen has, ready to be drawn on in px. */
function fitted(canvas: HTMLCanvasElement | null, { wide, tall }: GanttView): CanvasRenderingContext2D | undefined {
  const context = canvas?.getContext('2d', { alpha: false })
  if (!canvas || !context) return undefined
  const dense = devicePixelRatio || 1
  const [width, height] = [Math.round(wide * dense), Math.round(tall * dense)]
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height })
  context.setTransform(dense, 0, 0, dense, 0, 0)
  return context
}

/** Tells the size of the frame, now and whenever it changes. */
function measured(frame: RefObject<HTMLDivElement | null>, tell: (wide: number, tall: number) => void): () => void {
  const element = frame.current
  if (!element) return () => {}
  const look = () => tell(element.clientWidth, element.clientHeight)
  const observer = new ResizeObserver(look)
  observer.observe(element)
  look()
  return () => observer.disconnect()
}
