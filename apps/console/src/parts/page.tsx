import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useWords } from '../words/use-words.ts'
import styles from './page.module.css'

interface PageProps {
  readonly title: string
  /** One or two sentences under the title. */
  readonly lead?: ReactNode
  /** A short word above the title: what kind of page this is. */
  readonly kicker?: ReactNode
  readonly back?: { readonly to: string; readonly label: string }
  readonly actions?: ReactNode
  readonly children: ReactNode
}

export function Page({ title, lead, kicker, back, actions, children }: PageProps) {
  const { t } = useWords()
  return (
    <article className={styles.page}>
      <title>{`${title} · ${t('shell.name')}`}</title>
      <header className={styles.head}>
        <div className={styles.titles}>
          {back && (
            <nav aria-label={t('shell.back')} className={styles.back}>
              <Link to={back.to}>← {back.label}</Link>
            </nav>
          )}
          {kicker && <div className={styles.kicker}>{kicker}</div>}
          <h1>{title}</h1>
          {lead && <div className={styles.lead}>{lead}</div>}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </article>
  )
}

interface SectionProps {
  readonly title: string
  readonly note?: ReactNode
  readonly extra?: ReactNode
  /** Without the white sheet, for content that brings its own. */
  readonly bare?: boolean
  readonly children: ReactNode
}

export function Section({ title, note, extra, bare = false, children }: SectionProps) {
  return (
    <section className={styles.section} aria-label={title}>
      <div className={styles.sectionHead}>
        <h2>{title}</h2>
        {extra}
      </div>
      {note && <p className={styles.note}>{note}</p>}
      <div className={bare ? undefined : styles.sheet}>{children}</div>
    </section>
  )
}
