import type { ReactNode } from 'react'
import styles from './notice.module.css'

interface Props {
  readonly title: string
  /** Why it is empty, or what will fill it. */
  readonly children?: ReactNode
  /** For what is wrong rather than empty. */
  readonly bad?: boolean
}

export function Notice({ title, children, bad = false }: Props) {
  return (
    <div className={`${styles.notice} ${bad ? styles.bad : ''}`} role={bad ? 'alert' : undefined}>
      <p className={styles.title}>{title}</p>
      {children && <div className={styles.small}>{children}</div>}
    </div>
  )
}
