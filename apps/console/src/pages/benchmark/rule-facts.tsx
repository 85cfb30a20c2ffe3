import type { BenchmarkView } from '@dengta/sdk'
import { Link } from '@tanstack/react-router'
import { Facts } from '../../parts/facts.tsx'
import { Section } from '../../parts/page.tsx'
import { RecordLink } from '../../parts/record-link.tsx'
import { useMetricName } from '../../words/use-metric-name.ts'
import { useWords } from '../../words/use-words.ts'

export function RuleFacts({ benchmark }: { readonly benchmark: BenchmarkView }) {
  const nameOf = useMetricName()
  const { t, say, measure, count } = useWords()
  const { scenario, task, metric, direction, unit, threshold, worstGroupFloor, split, queryBudget, record } = benchmark
  const bound = (value: number) =>
    t(direction === 'higher' ? 'scenario.atLeast' : 'scenario.atMost', { value: measure(value, unit) })
  return (
    <Section title={t('benchmark.rules')}>
      <Facts
        facts={[
          [t('benchmark.task'), t(`task.${task}`)],
          [t('scenario.metric'), `${nameOf(metric)} · ${t(`board.better.${direction}`)}`],
          [t('scenario.threshold'), bound(threshold)],
          [t('scenario.floor'), bound(worstGroupFloor)],
          [t('benchmark.split'), say(split.rule)],
          [t('benchmark.budget'), t('benchmark.budgetText', { count: count(queryBudget) })],
          [
            t('benchmark.scenario'),
            scenario ? (
              <Link key="scenario" to="/scenarios/$scenario" params={{ scenario }}>
                {scenario}
              </Link>
            ) : (
              '–'
            ),
          ],
          [t('benchmark.record'), <RecordLink key="record" id={record} />],
        ]}
      />
    </Section>
  )
}
