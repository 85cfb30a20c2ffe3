import { Link } from '@tanstack/react-router'
import { Notice } from '../../parts/notice.tsx'
import { Page, Section } from '../../parts/page.tsx'
import { useWords } from '../../words/use-words.ts'
import styles from './serve-page.module.css'

/** What serves, and plainly what does not yet and what leads there. */
export function ServePage() {
  const { t } = useWords()
  return (
    <Page title={t('serve.title')} lead={t('serve.lead')}>
      <Section title={t('serves.title')}>
        <Notice title={t('threat.name')}>
          <p>{t('serves.threat')}</p>
          <nav aria-label={t('threat.nav')} className={styles.ways}>
            <Link to="/serve/threat">{t('threat.nav.flow')}</Link>
            <Link to="/serve/threat/incidents">{t('threat.nav.incidents')}</Link>
            <Link to="/serve/threat/triage">{t('threat.nav.triage')}</Link>
            <Link to="/serve/threat/risk">{t('threat.nav.risk')}</Link>
          </nav>
        </Notice>
      </Section>
      <Section title={t('serves.models')}>
        <Notice title={t('serve.empty')}>
          <p>{t('serve.emptyText')}</p>
          <p>
            <Link to="/prove">{t('serve.toBoards')}</Link>
          </p>
        </Notice>
      </Section>
    </Page>
  )
}
