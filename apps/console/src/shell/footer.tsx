import { Link } from '@tanstack/react-router'
import { useNow } from '../house/use-now.ts'
import { useWords } from '../words/use-words.ts'
import { zoneAt } from '../words/zone.ts'
import styles from './shell.module.css'

/** Of the reader, as the browser has it. */
const PLACE = new Intl.DateTimeFormat().resolvedOptions().timeZone

export function Footer() {
  const { t } = useWords()
  const zone = zoneAt(useNow())
  return (
    <footer className={styles.footer}>
      <div>
        <span>{t('shell.motto')}</span>
        <span>{t('shell.zone', { zone: PLACE === zone ? zone : `${PLACE} ${zone}` })}</span>
        <nav aria-label={t('shell.more')}>
          <Link to="/records">{t('records.title')}</Link>
          <Link to="/prove/log">{t('log.title')}</Link>
          <Link to="/participants">{t('participants.title')}</Link>
        </nav>
      </div>
    </footer>
  )
}
