import type { BenchmarkView } from '@dengta/sdk'
import { Digest } from '../../parts/digest.tsx'
import { Facts } from '../../parts/facts.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Section } from '../../parts/page.tsx'
import { RecordLink } from '../../parts/record-link.tsx'
import { OriginTag } from '../../parts/tag.tsx'
import { Verdict } from '../../parts/verdict.tsx'
import { useWords } from '../../words/use-words.ts'

type Dataset = NonNullable<BenchmarkView['dataset']>

export function DatasetCard({ benchmark: { dataset } }: { readonly benchmark: BenchmarkView }) {
  const { t, count } = useWords()
  if (!dataset) {
    return (
      <Section title={t('benchmark.dataset')}>
        <Notice title={t('benchmark.noDataset')}>{t('benchmark.noDatasetText')}</Notice>
      </Section>
    )
  }
  return (
    <Section title={t('benchmark.dataset')} extra={<OriginTag origin={dataset.origin} />}>
      <Facts
        facts={[
          [
            t('open.rows'),
            `${count(dataset.rows)}: ${t('open.hiddenShare', { open: count(dataset.openRows), hidden: count(dataset.hiddenRows) })}`,
          ],
          [t('open.quality'), <Quality key="quality" dataset={dataset} />],
          [t('open.leak'), <Leak key="leak" dataset={dataset} />],
          [t('benchmark.source'), dataset.source],
          [t('benchmark.licence'), dataset.licence],
          [t('benchmark.commitment'), <Digest key="commitment" value={dataset.commitment} />],
          [t('benchmark.seal'), <RecordLink key="seal" id={dataset.sealRecord} />],
        ]}
      />
    </Section>
  )
}

function Quality({ dataset: { quality } }: { readonly dataset: Dataset }) {
  const { t, count } = useWords()
  const faults = quality.faults.map(({ code, column, count: found }) => {
    if (code === 'duplicate_row') return t('benchmark.repeatedRows', { count: count(found) })
    if (code === 'constant_column') return t('benchmark.constantColumn', { column })
    if (code === 'open_elsewhere') return t('benchmark.openElsewhere', { column, count: count(found) })
    if (code === 'hidden_elsewhere') return t('benchmark.hiddenElsewhere', { column, count: count(found) })
    return t('benchmark.faults', { code, column, count: count(found) })
  })
  return (
    <>
      <Verdict {...quality} /> {faults.join('; ') || t('benchmark.noFaults')}
    </>
  )
}

function Leak({ dataset: { leak } }: { readonly dataset: Dataset }) {
  const { t, count } = useWords()
  const found = { vectors: count(leak.exactVectors), near: count(leak.nearRows), hidden: count(leak.hiddenRows) }
  return (
    <>
      <Verdict {...leak} /> {t('benchmark.leakText', found)}
    </>
  )
}
