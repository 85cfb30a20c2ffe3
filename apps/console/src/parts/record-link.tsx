import { Link } from '@tanstack/react-router'
import styles from './digest.module.css'

/** The first digits of a record's id, leading to it. */
export function RecordLink({ id, label }: { readonly id: string; readonly label?: string }) {
  return (
    <Link to="/records/$record" params={{ record: id }} className={label ? undefined : styles.digest} title={id}>
      {label ?? id.slice(0, 12)}
    </Link>
  )
}
