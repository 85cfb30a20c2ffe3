import { Link, useRouterState } from '@tanstack/react-router'
import { useWords } from '../words/use-words.ts'
import styles from './verb-nav.module.css'
import { VERBS, verbOf } from './verbs.ts'

interface Props {
  /** Upright in the drawer of a small screen, with a line about each verb. */
  readonly upright?: boolean
  readonly onChoose?: () => void
}

export function VerbNav({ upright = false, onChoose }: Props) {
  const { t } = useWords()
  const here = useRouterState({ select: (state) => verbOf(state.location.pathname) })
  return (
    <nav aria-label={t('shell.nav')} className={upright ? styles.upright : styles.across}>
      <ol>
        {VERBS.map(({ key, to }) => (
          <li key={key}>
            <Link to={to} aria-current={here === key ? 'page' : undefined} {...(onChoose ? { onClick: onChoose } : {})}>
              <span className={styles.verb}>{t(`verb.${key}`)}</span>
              {upright && <span className={styles.about}>{t(`verb.about.${key}`)}</span>}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  )
}
