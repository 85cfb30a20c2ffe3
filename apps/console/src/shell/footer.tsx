import { Link } from '@tanstack/react-router'
import { useWords } from '../words/use-words.ts'
import styles from './shell.module.css'

export function Footer() {
  const { t } = useWords()
  return (
    <footer className={styles.footer}>
      <div>
        <span>{t('shell.motto')}</span>
        <nav aria-label={t('shell.more')}>
          <Link to="/records">{t('records.title')}</Link>
          <Link to="/prove/log">{t('log.title')}</Link>
          <Link to="/participants">{t('participants.title')}</Link>
        </nav>
      </div>
    </footer>
  )
}
