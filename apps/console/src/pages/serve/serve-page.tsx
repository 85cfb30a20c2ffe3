import { Link } from '@tanstack/react-router'
import { Notice } from '../../parts/notice.tsx'
import { Page } from '../../parts/page.tsx'
import { useWords } from '../../words/use-words.ts'

/** Says plainly that nothing serves yet, and what leads there. */
export function ServePage() {
  const { t } = useWords()
  return (
    <Page title={t('serve.title')} lead={t('serve.lead')}>
      <Notice title={t('serve.empty')}>
        <p>{t('serve.emptyText')}</p>
        <p>
          <Link to="/prove">{t('serve.toBoards')}</Link>
        </p>
      </Notice>
    </Page>
  )
}
