import type { EntityLayout, PlacedEntity } from './lay-out-entities.ts'

/** Pixels of a row and of the heads over the columns. */
export const ROW = 26
export const HEAD = 30

/** Where an entity stands in its column, and how much of it it takes. */
export const PILL = { left: 0.03, wide: 0.7 } as const

/** Shorter columns stand in the middle of the frame. */
export function topOf({ column, row }: PlacedEntity, layout: EntityLayout): number {
  const own = layout.nodes.filter((node) => node.column === column).length
  return HEAD + (row + (layout.rows - own) / 2) * ROW
}
