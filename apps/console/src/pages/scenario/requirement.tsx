import type { ScenarioView } from '@dengta/sdk'
import { Link } from '@tanstack/react-router'
import { Facts } from '../../parts/facts.tsx'
import { Section } from '../../parts/page.tsx'
import { useMetricName } from '../../words/use-metric-name.ts'
import { useWords } from '../../words/use-words.ts'
import { CriteriaTable } from './criteria-table.tsx'

interface Props {
  readonly requirement: ScenarioView['requirement']
  readonly benchmarks: ScenarioView['benchmarks']
}

export function Requirement({ requirement, benchmarks }: Props) {
  const nameOf = useMetricName()
  const { t, say, cost } = useWords()
  const costs = requirement.errorCosts.map(
    ({ error, cost: price }) => `${say(error)} · ${cost(price.value)} ${price.unit}`,
  )
  return (
    <>
      <Section title={t('scenario.requirement')}>
        <Facts
          facts={[
            [t('scenario.requirement'), say(requirement.summary)],
            [t('scenario.measurement'), say(requirement.measurement)],
            [t('scenario.errorCosts'), <List key="costs" items={costs} />],
            [t('scenario.guards'), requirement.guardMetrics.map(nameOf).join(', ') || '–'],
            [
              t('programme.benchmarks'),
              <ul key="benchmarks">
                {benchmarks.map(({ id, title }) => (
                  <li key={id}>
                    <Link to="/benchmarks/$benchmark/board" params={{ benchmark: id }}>
                      {say(title)}
                    </Link>
                  </li>
                ))}
              </ul>,
            ],
          ]}
        />
      </Section>
      <Section title={t('scenario.criteria')} note={t('scenario.criteriaNote')}>
        <CriteriaTable criteria={requirement.criteria} />
      </Section>
    </>
  )
}

function List({ items }: { readonly items: readonly string[] }) {
  return (
    <ul>
      {items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ul>
  )
}
