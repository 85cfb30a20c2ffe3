import type { ReactNode } from 'react'
import styles from './scroll-table.module.css'

interface Props {
  readonly label: string
  readonly heads: readonly ReactNode[]
  /** Each row's key and cells. */
  readonly rows: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[]
  /** Indices of columns that hold numbers. */
  readonly numeric?: readonly number[]
}

/** A dense table that scrolls inside its own frame where the screen is narrow. */
export function ScrollTable({ label, heads, rows, numeric = [] }: Props) {
  const align = (column: number) => (numeric.includes(column) ? styles.number : undefined)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls must be reachable by keyboard (WCAG 2.1.1)
    <section className={styles.frame} aria-label={label} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            {heads.map((head, column) => (
              <th key={String(column)} scope="col" className={align(column)}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              {row.cells.map((cell, column) => (
                <td key={`${row.key} ${heads.length} ${String(column)}`} className={align(column)}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
