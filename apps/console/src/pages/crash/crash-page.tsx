import type { ErrorComponentProps } from '@tanstack/react-router'
import { Page } from '../../parts/page.tsx'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { useWords } from '../../words/use-words.ts'

/** A page that broke, and the way back into it. */
export function CrashPage({ error, reset }: ErrorComponentProps) {
  const { t } = useWords()
  return (
    <Page title={t('shell.name')}>
      <ProblemNotice error={error instanceof Error ? error : new Error(String(error))} retry={reset} />
    </Page>
  )
}
