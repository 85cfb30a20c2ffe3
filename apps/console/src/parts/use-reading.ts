import { type CSSProperties, type PointerEvent, useState } from 'react'

export interface Reading {
  /** The slot that is read. */
  readonly slot: number
  read(slot: number): void
  /** To be spread over whatever holds the charts: follows the pointer over any of them. */
  readonly frame: { readonly style: CSSProperties; onPointerMove(event: PointerEvent): void }
}

/** Of the cursor, per cent: it must not hide what it reads. */
const MOST_WIDE = 1.5

/** One slot read in several charts at once, by pointer here and by keyboard through `SlotSlider`. */
export function useReading(slots: number, first: number): Reading {
  const [chosen, setSlot] = useState(first)
  const slot = Math.min(Math.max(chosen, 0), Math.max(slots - 1, 0))
  const onPointerMove = (event: PointerEvent) => {
    const plot = (event.target as Element).closest('[data-plot]')
    if (!plot) return
    const { left, width } = plot.getBoundingClientRect()
    setSlot(Math.min(slots - 1, Math.max(0, Math.floor(((event.clientX - left) / width) * slots))))
  }
  const style = {
    '--at': `${(100 * slot) / slots}%`,
    '--wide-of': `${Math.min(MOST_WIDE, 100 / slots)}%`,
  } as CSSProperties
  return { slot, read: setSlot, frame: { style, onPointerMove } }
}
