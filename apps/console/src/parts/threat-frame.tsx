import { Link, useRouterState } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useWords } from '../words/use-words.ts'
import { Page } from './page.tsx'
import styles from './tabs.module.css'

const PAGES = [
  { key: 'flow', to: '/serve/threat' },
  { key: 'incidents', to: '/serve/threat/incidents' },
  { key: 'triage', to: '/serve/threat/triage' },
  { key: 'risk', to: '/serve/threat/risk' },
  { key: 'rules', to: '/serve/threat/rules' },
  { key: 'playbooks', to: '/serve/threat/playbooks' },
  { key: 'tickets', to: '/serve/threat/tickets' },
  { key: 'audit', to: '/serve/threat/audit' },
] as const

interface Props {
  readonly title: string
  /** The tab that a page without a tab of its own belongs to. */
  readonly under: (typeof PAGES)[number]['key']
  readonly lead?: ReactNode
  readonly kicker?: ReactNode
  readonly back?: { readonly to: string; readonly label: string }
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** The pages of threat response share their head and lead to each other. */
export function ThreatFrame({ under, kicker, back, children, ...head }: Props) {
  const { t } = useWords()
  const here = useRouterState({ select: ({ location }) => location.pathname })
  return (
    <Page {...head} kicker={kicker ?? t('threat.name')} back={back ?? { to: '/serve', label: t('verb.serve') }}>
      <nav aria-label={t('threat.nav')} className={styles.tabs}>
        {PAGES.map(({ key, to }) => (
          <Link
            key={key}
            to={to}
            activeOptions={{ exact: true, includeSearch: false }}
            aria-current={key === under ? (here === to ? 'page' : 'true') : undefined}
          >
            {t(`threat.nav.${key}`)}
          </Link>
        ))}
      </nav>
      {children}
    </Page>
  )
}
