import { clockOf, clockTicks } from '../../parts/clock.ts'
import { firstEndingAfter, type GanttModel } from './gantt-model.ts'
import { AXIS, type GanttView, rowsInSight, xOf, yOf } from './gantt-view.ts'

/** The plain colours of the page, as CSS has them at this moment. */
export interface Ink {
  readonly surface: string
  readonly sunken: string
  readonly ink: string
  readonly muted: string
  readonly line: string
  readonly accent: string
  readonly lamp: string
}

export interface Scene {
  readonly model: GanttModel
  readonly colours: readonly string[]
  /** Index into `colours` by bar. */
  readonly colour: Uint8Array
  /** 1 for each bar that is looked for; all where absent. */
  readonly wanted?: Uint8Array | undefined
  readonly ink: Ink
  readonly font: string
  readonly poolLabels: readonly string[]
  /** Slot of now; drawn where it lies within the day. */
  readonly now: number
  /** Bars that are pointed at, stood on by the keyboard, or explained; -1 is none. */
  readonly marked: readonly number[]
}

type Canvas = CanvasRenderingContext2D

/** Draws what is in sight, and nothing else: its time depends on the rows in sight, not on the jobs of the day. */
export function drawGantt(canvas: Canvas, scene: Scene, view: GanttView): void {
  const { ink } = scene
  canvas.fillStyle = ink.surface
  canvas.fillRect(0, 0, view.wide, view.tall)
  canvas.font = scene.font
  canvas.textBaseline = 'middle'
  drawGrid(canvas, scene, view)
  drawHeads(canvas, scene, view)
  const seen = drawBars(canvas, scene, view)
  if (view.rowTall >= 13) drawNames(canvas, scene, view, seen)
  for (const bar of new Set(scene.marked)) if (bar >= 0) drawMark(canvas, scene, view, bar)
  drawAxis(canvas, scene, view)
  drawNow(canvas, scene, view)
}

/** Pixels that one time of day needs. */
const TICK_WIDE = 56

function ticksOf({ model: { bars } }: Scene, { from, to, wide }: GanttView): readonly number[] {
  const span = (to - from) * bars.slotMinutes
  const ticks = clockTicks(span, Math.max(2, Math.min(12, Math.floor(wide / TICK_WIDE))))
  const step = (ticks[1] ?? span) / bars.slotMinutes
  const first = Math.ceil(from / step)
  return Array.from({ length: Math.floor(to / step) - first + 1 }, (_, i) => (first + i) * step)
}

function drawGrid(canvas: Canvas, scene: Scene, view: GanttView): void {
  canvas.fillStyle = scene.ink.line
  for (const tick of ticksOf(scene, view)) canvas.fillRect(Math.round(xOf(view, tick)), AXIS, 1, view.tall)
}

function drawHeads(canvas: Canvas, { model, ink, poolLabels }: Scene, view: GanttView): void {
  for (const [p, pool] of model.pools.entries()) {
    const y = yOf(view, pool.head)
    const below = y + (pool.lanes + 1) * view.rowTall
    if (below < AXIS || y > view.tall) continue
    const tall = Math.max(view.rowTall, 15)
    canvas.fillStyle = ink.sunken
    canvas.fillRect(0, y, view.wide, view.rowTall)
    if (view.rowTall < 6) continue
    canvas.fillStyle = ink.ink
    canvas.fillText(poolLabels[p]!, 8, y + tall / 2)
  }
}

/** Fills bars colour by colour, which is several times faster than bar by bar; answers the bars that it drew. */
function drawBars(canvas: Canvas, scene: Scene, view: GanttView): readonly number[] {
  const seen = barsInSight(scene.model, view)
  const paths = new Map<number, Path2D>()
  const tall = Math.max(1, view.rowTall - (view.rowTall > 4 ? 2 : view.rowTall > 2 ? 1 : 0))
  for (const bar of seen) {
    const faint = scene.wanted?.[bar] === 0 ? 2 : scene.model.bars.bars.job[bar] === '' ? 1 : 0
    const key = scene.colour[bar]! * 3 + faint
    const path = paths.get(key) ?? new Path2D()
    paths.set(key, path)
    const x = xOf(view, scene.model.start[bar]!)
    path.rect(x, yOf(view, scene.model.row[bar]!) + 1, Math.max(1, xOf(view, scene.model.end[bar]!) - x - 1), tall)
  }
  for (const [key, path] of paths) {
    canvas.globalAlpha = [1, 0.5, 0.12][key % 3]!
    canvas.fillStyle = scene.colours[Math.floor(key / 3)]!
    canvas.fill(path)
  }
  canvas.globalAlpha = 1
  return seen
}

function barsInSight(model: GanttModel, view: GanttView): readonly number[] {
  const [low, high] = rowsInSight(model, view)
  const seen: number[] = []
  for (let row = low; row < high; row += 1) {
    const end = model.first[row + 1]!
    for (let i = firstEndingAfter(model, row, view.from); i < end && model.start[i]! < view.to; i += 1) seen.push(i)
  }
  return seen
}

/** Wide of one letter, px: names are cut by it, measuring each would cost more than drawing. */
const LETTER = 6.2

function drawNames(canvas: Canvas, scene: Scene, view: GanttView, seen: readonly number[]): void {
  const { model, colours, colour, wanted } = scene
  const { job, chips } = model.bars.bars
  const dark = colours.map(isDark)
  for (const bar of seen) {
    if (job[bar] === '' || wanted?.[bar] === 0) continue
    const x = Math.max(0, xOf(view, model.start[bar]!))
    const letters = Math.floor((Math.min(view.wide, xOf(view, model.end[bar]!)) - x - 8) / LETTER)
    if (letters < 4) continue
    const name = job[bar]!
    const full = `${name} ×${chips[bar]!}`
    canvas.fillStyle = dark[colour[bar]!] ? '#ffffff' : '#10201e'
    const said = full.length <= letters ? full : name.length <= letters ? name : `${name.slice(0, letters - 1)}…`
    canvas.fillText(said, x + 4, yOf(view, model.row[bar]!) + view.rowTall / 2)
  }
}

/** Whether white is easier to read on a colour than black. */
function isDark(colour: string): boolean {
  const part = (at: number): number => Number.parseInt(colour.slice(at, at + 2), 16)
  return 0.299 * part(1) + 0.587 * part(3) + 0.114 * part(5) < 128
}

/** A marked bar: its frame, how long it waited, and how long it might have. */
function drawMark(canvas: Canvas, { model, ink }: Scene, view: GanttView, bar: number): void {
  const { release, deadline } = model.bars.bars
  const y = yOf(view, model.row[bar]!)
  const [x0, x1] = [xOf(view, model.start[bar]!), xOf(view, model.end[bar]!)]
  canvas.strokeStyle = ink.ink
  canvas.lineWidth = 2
  canvas.strokeRect(x0, y, x1 - x0 - 1, Math.max(3, view.rowTall))
  const middle = y + view.rowTall / 2
  canvas.setLineDash([3, 3])
  canvas.beginPath()
  canvas.moveTo(xOf(view, release[bar]!), middle)
  canvas.lineTo(x0, middle)
  canvas.moveTo(x1, middle)
  canvas.lineTo(xOf(view, deadline[bar]!), middle)
  canvas.stroke()
  canvas.setLineDash([])
  for (const slot of [release[bar]!, deadline[bar]!]) canvas.fillRect(xOf(view, slot) - 1, y - 2, 2, view.rowTall + 4)
}

function drawNow(canvas: Canvas, { now, ink, model }: Scene, view: GanttView): void {
  if (now < 0 || now > model.bars.slots) return
  canvas.fillStyle = ink.lamp
  canvas.fillRect(Math.round(xOf(view, now)) - 1, AXIS - 6, 2, view.tall)
}

function drawAxis(canvas: Canvas, scene: Scene, view: GanttView): void {
  const { ink, model } = scene
  canvas.fillStyle = ink.surface
  canvas.fillRect(0, 0, view.wide, AXIS)
  canvas.fillStyle = ink.line
  canvas.fillRect(0, AXIS - 1, view.wide, 1)
  canvas.fillStyle = ink.muted
  for (const tick of ticksOf(scene, view)) {
    const x = xOf(view, tick)
    canvas.textAlign = x < 20 ? 'left' : x > view.wide - 20 ? 'right' : 'center'
    canvas.fillText(clockOf(Math.round(tick * model.bars.slotMinutes)), x, 11)
  }
  canvas.textAlign = 'left'
}
