import { useHouse } from '../../house/use-house.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { LogHead } from '../../parts/log-head.tsx'
import { Page, Section } from '../../parts/page.tsx'
import { ScenarioRows } from '../../parts/scenario-rows.tsx'
import { useWords } from '../../words/use-words.ts'
import { Counts } from './counts.tsx'

export function ProgrammePage() {
  const { t } = useWords()
  const programme = useHouse('getProgramme', [])
  return (
    <Page title={t('programme.title')} lead={t('programme.lead')}>
      <Loaded query={programme} lines={8}>
        {({ counts, scenarios, log }) => (
          <>
            <Counts counts={counts} />
            <Section title={t('programme.scenarios')} note={t('programme.scenariosNote')}>
              <ScenarioRows scenarios={scenarios} />
            </Section>
            <Section title={t('log.title')} note={t('log.lead')}>
              <LogHead log={log} />
            </Section>
          </>
        )}
      </Loaded>
    </Page>
  )
}
