import { useParams } from '@tanstack/react-router'
import { useHouse } from '../../house/use-house.ts'
import { BenchmarkFrame } from '../../parts/benchmark-frame.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Section } from '../../parts/page.tsx'
import { useWords } from '../../words/use-words.ts'
import { BoardTable } from './board-table.tsx'
import { PeriodPanels } from './period-panels.tsx'
import { SubmissionTable } from './submission-table.tsx'

export function BoardPage() {
  const id = useParams({ strict: false }).benchmark ?? ''
  const { t } = useWords()
  const board = useHouse('getBoard', [id], { again: () => 10_000 })
  const submissions = useHouse('listSubmissions', [id], { again: () => 10_000 })
  return (
    <BenchmarkFrame id={id} kicker={t('board.kicker')}>
      {() => (
        <>
          <Section title={t('board.results')} note={t('board.resultsNote')}>
            <Loaded query={board}>{(view) => <BoardTable board={view} />}</Loaded>
          </Section>
          {board.data?.rows.some((row) => row.periods.length > 1) && (
            <Section title={t('board.periods')} note={t('board.periodsNote')} bare>
              <PeriodPanels board={board.data} />
            </Section>
          )}
          <Section title={t('board.all')} note={t('board.allNote')}>
            <Loaded query={submissions}>{(list) => <SubmissionTable submissions={list} />}</Loaded>
          </Section>
        </>
      )}
    </BenchmarkFrame>
  )
}
