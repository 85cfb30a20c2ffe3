import type { SubmissionView } from '@dengta/sdk'
import { useHouse } from '../../house/use-house.ts'
import { Facts } from '../../parts/facts.tsx'
import { Section } from '../../parts/page.tsx'
import { useMetricName } from '../../words/use-metric-name.ts'
import { useWords } from '../../words/use-words.ts'
import type { Evaluated } from './evaluated.ts'
import { Parts } from './parts.tsx'
import { saidMethod } from './said-method.ts'
import { ScoreCard } from './score-card.tsx'

interface Props {
  readonly submission: SubmissionView
  readonly evaluation: Evaluated
}

/** Score, parts, guards and cost of a scored submission. */
export function Evaluation({ submission, evaluation }: Props) {
  const { t, score } = useWords()
  const nameOf = useMetricName()
  const benchmark = useHouse('getBenchmark', [submission.benchmark])
  const { result } = evaluation
  const marks = benchmark.data && { threshold: benchmark.data.threshold, floor: benchmark.data.worstGroupFloor }
  const guards = Object.entries(result.guards)
  return (
    <>
      <ScoreCard evaluation={evaluation} marks={marks} unit={benchmark.data?.unit ?? ''} />
      <Parts title={t('submission.periods')} parts={result.periods} marks={marks} direction={result.direction} />
      <Parts title={t('submission.groups')} parts={result.groups} marks={marks} direction={result.direction} />
      {guards.length > 0 && (
        <Section title={t('submission.guards')}>
          <Facts columns={3} facts={guards.map(([name, value]) => [nameOf(name), score(value)] as const)} />
        </Section>
      )}
      <Section title={t('submission.cost')}>
        <Cost cost={evaluation.cost} />
      </Section>
    </>
  )
}

function Cost({ cost: spent }: { readonly cost: Evaluated['cost'] }) {
  const { t, language, cost, bytes } = useWords()
  return (
    <Facts
      columns={2}
      facts={[
        [t('submission.cpu'), t('submission.seconds', { value: cost(spent.cpuSeconds) })],
        [t('submission.wall'), t('submission.seconds', { value: cost(spent.wallSeconds) })],
        [t('submission.memory'), bytes(spent.peakBytes)],
        [
          t('submission.energy'),
          t('submission.joules', { value: cost(spent.joules), method: saidMethod(spent.joulesMethod, language) }),
        ],
      ]}
    />
  )
}
