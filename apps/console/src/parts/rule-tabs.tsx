import { useWords } from '../words/use-words.ts'
import { SubTabs } from './sub-tabs.tsx'

export function RuleTabs() {
  const { t } = useWords()
  return (
    <SubTabs
      label={t('rules.tabs')}
      tabs={[
        { to: '/serve/threat/rules', label: t('rules.list') },
        { to: '/serve/threat/rules/coverage', label: t('rules.coverage') },
        { to: '/serve/threat/rules/report', label: t('rules.report') },
      ]}
    />
  )
}
