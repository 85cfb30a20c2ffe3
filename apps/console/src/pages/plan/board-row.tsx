import type { ReactNode } from 'react'
import styles from './site-board.module.css'

interface Props {
  readonly name: ReactNode
  /** What stands at the slot that is read. */
  readonly value: string
  readonly children: ReactNode
}

/** One quantity: its name, its value at the slot that is read, its picture. */
export function BoardRow({ name, value, children }: Props) {
  return (
    <div className={styles.row}>
      <div className={styles.name}>
        {name} <b>{value}</b>
      </div>
      {children}
    </div>
  )
}
