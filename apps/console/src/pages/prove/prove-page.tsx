import { Link } from '@tanstack/react-router'
import { useHouse } from '../../house/use-house.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { LogHead } from '../../parts/log-head.tsx'
import { Page, Section } from '../../parts/page.tsx'
import { useWords } from '../../words/use-words.ts'
import { BenchmarkTable } from './benchmark-table.tsx'

export function ProvePage() {
  const { t } = useWords()
  const benchmarks = useHouse('listBenchmarks', [])
  const log = useHouse('getLog', [])
  return (
    <Page title={t('prove.title')} lead={t('prove.lead')}>
      <Section title={t('prove.boards')}>
        <Loaded query={benchmarks}>{(list) => <BenchmarkTable benchmarks={list} />}</Loaded>
      </Section>
      <Section title={t('prove.evidence')} extra={<Link to="/records">{t('records.title')}</Link>}>
        <Loaded query={log}>{(head) => <LogHead log={head} />}</Loaded>
      </Section>
    </Page>
  )
}
