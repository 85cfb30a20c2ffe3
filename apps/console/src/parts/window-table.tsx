import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { tableWidth } from './table-width.ts'
import type { PagedRows } from './use-paged-rows.ts'
import { windowRange } from './window-range.ts'
import styles from './window-table.module.css'

export interface Column<R> {
  readonly head: string
  /** In px; columns without one share what is left. */
  readonly width?: string
  readonly numeric?: boolean
  readonly cell: (row: R) => ReactNode
}

interface Props<R> {
  readonly label: string
  readonly rows: PagedRows<R>
  readonly columns: readonly Column<R>[]
  readonly keyOf: (row: R) => string
  /** The row that the keyboard is at. */
  readonly active: number
  readonly onActive: (index: number) => void
  readonly onOpen: (row: R) => void
}

const ROW = 40
const HEAD = 36

/** A table of any length in a frame of its own: only the rows in sight are in the page, arrows walk through all of them. */
export function WindowTable<R>({ label, rows, columns, keyOf, active, onActive, onOpen }: Props<R>) {
  const frame = useRef<HTMLElement>(null)
  const { wanted, list } = rows
  const [seen, setSeen] = useState({ list, top: 0, height: 640 })
  const top = seen.list === list ? seen.top : 0
  const range = windowRange({ top, height: seen.height, rowTall: ROW, total: rows.total })
  useEffect(() => wanted(range))
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list is read from its top
  useLayoutEffect(() => toTop(frame.current), [list])
  useLayoutEffect(() => bringIntoSight(frame.current, active), [active])
  const look = ({ scrollTop, clientHeight }: HTMLElement) => setSeen({ list, top: scrollTop, height: clientHeight })
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && event.target === frame.current) {
      const row = rows.rowAt(active)
      if (row) onOpen(row)
      return
    }
    const next = stepOf(event.key, { active, total: rows.total, page: Math.floor(seen.height / ROW) - 1 })
    if (next === undefined) return
    event.preventDefault()
    onActive(next)
  }
  const shown = Array.from({ length: range.to - range.from }, (_, i) => range.from + i)
  return (
    <section
      ref={frame}
      className={styles.frame}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls must be reachable by keyboard (WCAG 2.1.1)
      tabIndex={0}
      onScroll={({ currentTarget }) => look(currentTarget)}
      onKeyDown={press}
    >
      <table className={styles.table} style={{ minWidth: tableWidth(columns) }} aria-rowcount={rows.total + 1}>
        <Heads columns={columns} />
        <tbody>
          <Gap tall={range.from * ROW} wide={columns.length} />
          {shown.map((index) => (
            <Line
              key={index}
              {...{ index, columns, keyOf }}
              row={rows.rowAt(index)}
              active={index === active}
              onActive={onActive}
            />
          ))}
          <Gap tall={(rows.total - range.to) * ROW} wide={columns.length} />
        </tbody>
      </table>
    </section>
  )
}

function Heads<R>({ columns }: { readonly columns: readonly Column<R>[] }) {
  return (
    <thead>
      <tr aria-rowindex={1}>
        {columns.map(({ head, width, numeric }) => (
          <th key={head} scope="col" style={{ width }} className={numeric ? styles.number : undefined}>
            {head}
          </th>
        ))}
      </tr>
    </thead>
  )
}

interface LineProps<R> {
  readonly index: number
  readonly row: R | undefined
  readonly columns: readonly Column<R>[]
  readonly keyOf: (row: R) => string
  readonly active: boolean
  readonly onActive: (index: number) => void
}

function Line<R>({ index, row, columns, keyOf, active, onActive }: LineProps<R>) {
  const id = row ? keyOf(row) : String(index)
  return (
    <tr aria-rowindex={index + 2} data-active={active} onPointerDown={() => onActive(index)}>
      {columns.map((column) => (
        <td key={`${id} ${column.head}`} className={column.numeric ? styles.number : undefined}>
          {row ? column.cell(row) : <span className={styles.coming} />}
        </td>
      ))}
    </tr>
  )
}

function Gap({ tall, wide }: { readonly tall: number; readonly wide: number }) {
  if (tall <= 0) return null
  return (
    <tr>
      <td colSpan={wide} style={{ height: tall, padding: 0, border: 0 }} />
    </tr>
  )
}

interface Place {
  readonly active: number
  readonly total: number
  readonly page: number
}

function stepOf(key: string, { active, total, page }: Place): number | undefined {
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: active + 1,
    ArrowUp: active - 1,
    PageDown: active + page,
    PageUp: active - page,
    Home: 0,
    End: total - 1,
  }
  const next = steps[key]
  return next === undefined ? undefined : Math.max(0, Math.min(total - 1, next))
}

function toTop(frame: HTMLElement | null): void {
  if (frame) frame.scrollTop = 0
}

function bringIntoSight(frame: HTMLElement | null, index: number): void {
  if (!frame) return
  const top = index * ROW
  if (top < frame.scrollTop) frame.scrollTop = top
  const bottom = top + ROW + HEAD
  if (bottom > frame.scrollTop + frame.clientHeight) frame.scrollTop = bottom - frame.clientHeight
}
