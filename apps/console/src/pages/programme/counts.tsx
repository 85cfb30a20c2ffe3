import type { Programme } from '@dengta/sdk'
import { Link } from '@tanstack/react-router'
import { useWords } from '../../words/use-words.ts'
import styles from './counts.module.css'

const SHOWN = [
  ['scenarios', '/open'],
  ['benchmarks', '/prove'],
  ['submissions', '/prove'],
  ['evaluations', '/records'],
  ['participants', '/participants'],
  ['records', '/records'],
] as const

/** How much there is of everything, each number leading to where it can be seen. */
export function Counts({ counts }: { readonly counts: Programme['counts'] }) {
  const { t, count } = useWords()
  return (
    <ul className={styles.counts} aria-label={t('programme.counts')}>
      {SHOWN.map(([name, to]) => (
        <li key={name}>
          <Link to={to}>
            <b>{count(counts[name])}</b>
            <span>{t(`programme.${name}`)}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
