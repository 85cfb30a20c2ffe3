import { useSession } from '../../house/session.tsx'
import { useHouse } from '../../house/use-house.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Page, Section } from '../../parts/page.tsx'
import { ScenarioRows } from '../../parts/scenario-rows.tsx'
import { useWords } from '../../words/use-words.ts'
import { DatasetTable } from './dataset-table.tsx'
import { StateScenario } from './state-scenario.tsx'

export function OpenPage() {
  const { t } = useWords()
  const { may } = useSession()
  const scenarios = useHouse('listScenarios', [])
  const benchmarks = useHouse('listBenchmarks', [])
  return (
    <Page title={t('open.title')} lead={t('open.lead')} actions={may('owner') && <StateScenario />}>
      <Section title={t('open.scenarios')}>
        <Loaded query={scenarios}>{(list) => <ScenarioRows scenarios={list} />}</Loaded>
      </Section>
      <Section title={t('open.datasets')}>
        <Loaded query={benchmarks}>{(list) => <DatasetTable benchmarks={list} />}</Loaded>
      </Section>
    </Page>
  )
}
