/** Pixels that a column without a width of its own needs to be read. */
const FREE = 220

/** Pixels below which a table scrolls sideways, so that no column is squeezed to nothing. */
export function tableWidth(columns: readonly { readonly width?: string }[]): number {
  return columns.reduce((sum, { width }) => sum + (width === undefined ? FREE : Number.parseInt(width, 10)), 0)
}
