import { barIn, type GanttModel } from './gantt-model.ts'

/** Height of the time axis over the rows, px. */
export const AXIS = 26

/** What of the chart is in sight: slots `from` to `to`, and rows from `top` px on. */
export interface GanttView {
  readonly from: number
  readonly to: number
  readonly top: number
  readonly rowTall: number
  readonly wide: number
  readonly tall: number
}

/** Slots that stay in sight however far one zooms in. */
const LEAST = 2

const hold = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high)

export const xOf = ({ from, to, wide }: GanttView, slot: number): number => ((slot - from) / (to - from)) * wide
export const slotOf = ({ from, to, wide }: GanttView, x: number): number => from + (x / wide) * (to - from)
export const yOf = ({ top, rowTall }: GanttView, row: number): number => AXIS + row * rowTall - top

/** Zooms about the slot at `x` px; a factor above 1 shows less. */
export function zoom(view: GanttView, slots: number, factor: number, x: number): GanttView {
  const at = slotOf(view, x)
  const width = hold((view.to - view.from) / factor, Math.min(LEAST, slots), slots)
  const from = hold(at - (x / view.wide) * width, 0, slots - width)
  return { ...view, from, to: from + width }
}

/** Moves along time by px, within the day. */
export function pan(view: GanttView, slots: number, px: number): GanttView {
  const width = view.to - view.from
  const from = hold(view.from + (px / view.wide) * width, 0, slots - width)
  return { ...view, from, to: from + width }
}

/** The view that brings a bar into sight, moving as little as possible. */
export function reveal(view: GanttView, model: GanttModel, bar: number): GanttView {
  const [start, end, row] = [model.start[bar]!, model.end[bar]!, model.row[bar]!]
  const width = view.to - view.from
  const wanted = end - start > width || start < view.from ? start : end > view.to ? end - width : view.from
  const from = hold(wanted, 0, model.bars.slots - width)
  const room = view.tall - AXIS
  const y = row * view.rowTall
  const top = hold(view.top, y + view.rowTall - room, Math.max(0, y - view.rowTall))
  return { ...view, from, to: from + width, top: Math.max(0, top) }
}

/** The view with a bar in it: where its row is out of sight it comes to the middle. */
export function bring(view: GanttView, model: GanttModel, bar: number): GanttView {
  const room = view.tall - AXIS
  const y = model.row[bar]! * view.rowTall
  const isInSight = y >= view.top && y + view.rowTall <= view.top + room
  return reveal(isInSight ? view : { ...view, top: Math.max(0, y - room / 2) }, model, bar)
}

/** The bar at a point of the canvas; -1 for none. */
export function barAt(model: GanttModel, view: GanttView, x: number, y: number): number {
  if (y < AXIS) return -1
  return barIn(model, Math.floor((y - AXIS + view.top) / view.rowTall), slotOf(view, x))
}

/** Rows in sight, the last one not included. */
export function rowsInSight({ rows }: GanttModel, { top, rowTall, tall }: GanttView): readonly [number, number] {
  return [Math.max(0, Math.floor(top / rowTall)), Math.min(rows, Math.ceil((top + tall - AXIS) / rowTall))]
}
