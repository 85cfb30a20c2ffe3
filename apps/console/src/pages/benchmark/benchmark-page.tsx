import { useParams } from '@tanstack/react-router'
import { BenchmarkFrame } from '../../parts/benchmark-frame.tsx'
import { Section } from '../../parts/page.tsx'
import { useWords } from '../../words/use-words.ts'
import styles from './benchmark-page.module.css'
import { ColumnTable } from './column-table.tsx'
import { DatasetCard } from './dataset-card.tsx'
import { HowToTakePart } from './how-to-take-part.tsx'
import { RuleFacts } from './rule-facts.tsx'

export function BenchmarkPage() {
  const id = useParams({ strict: false }).benchmark ?? ''
  const { t } = useWords()
  return (
    <BenchmarkFrame id={id} kicker={t('benchmark.kicker')}>
      {(benchmark) => (
        <>
          <div className={styles.pair}>
            <RuleFacts benchmark={benchmark} />
            <HowToTakePart benchmark={benchmark} />
          </div>
          <DatasetCard benchmark={benchmark} />
          <Section title={t('benchmark.standard')}>
            <ColumnTable columns={benchmark.columns} />
          </Section>
          <details className={styles.definition}>
            <summary>{t('benchmark.definition')}</summary>
            <pre>{benchmark.definition}</pre>
          </details>
        </>
      )}
    </BenchmarkFrame>
  )
}
