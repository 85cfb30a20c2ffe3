import { useWords } from '../words/use-words.ts'
import { SubTabs } from './sub-tabs.tsx'

export function PlaybookTabs() {
  const { t } = useWords()
  return (
    <SubTabs
      label={t('playbooks.tabs')}
      tabs={[
        { to: '/serve/threat/playbooks', label: t('playbooks.list') },
        { to: '/serve/threat/runs', label: t('playbooks.runs') },
        { to: '/serve/threat/actuators', label: t('playbooks.actuators') },
      ]}
    />
  )
}
