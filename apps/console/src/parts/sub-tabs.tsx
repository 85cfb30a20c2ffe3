import { Link } from '@tanstack/react-router'
import styles from './sub-tabs.module.css'

interface Props {
  readonly label: string
  readonly tabs: readonly { readonly to: string; readonly label: string }[]
}

/** Pages below one tab. */
export function SubTabs({ label, tabs }: Props) {
  return (
    <nav aria-label={label} className={styles.tabs}>
      {tabs.map((tab) => (
        <Link
          key={tab.to}
          to={tab.to}
          activeOptions={{ exact: true, includeSearch: false }}
          activeProps={{ 'aria-current': 'page' }}
        >
          {tab.label}
        </Link>
      ))}
    </nav>
  )
}
