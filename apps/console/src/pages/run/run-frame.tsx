import type { ReactNode } from 'react'
import { Page } from '../../parts/page.tsx'
import { Tabs } from '../../parts/tabs.tsx'
import { useWords } from '../../words/use-words.ts'

interface Props {
  readonly title: string
  readonly lead: string
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** The pages of the verb Run lead to each other. */
export function RunFrame({ title, lead, actions, children }: Props) {
  const { t } = useWords()
  return (
    <Page title={title} kicker={t('run.title')} lead={lead} actions={actions}>
      <Tabs
        label={t('run.tabs')}
        tabs={[
          { to: '/run', label: t('days.title') },
          { to: '/run/public', label: t('public.title') },
          { to: '/run/events', label: t('events.title') },
          { to: '/run/engines', label: t('engines.title') },
        ]}
      />
      {children}
    </Page>
  )
}
