import { Link } from '@tanstack/react-router'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { useWords } from '../../words/use-words.ts'

export function LostPage() {
  const { t } = useWords()
  return (
    <Page title={t('shell.lost')}>
      <Notice title={t('shell.lostHow')}>
        <Link to="/">{t('shell.overview')}</Link>
      </Notice>
    </Page>
  )
}
