import type { ScenarioView } from '@dengta/sdk'
import { Section } from '../../parts/page.tsx'
import { useWords } from '../../words/use-words.ts'
import { GateCard } from './gate-card.tsx'
import styles from './gate-section.module.css'

export function GateSection({ scenario }: { readonly scenario: ScenarioView }) {
  const { t } = useWords()
  return (
    <Section title={t('scenario.gates')} note={t('scenario.gatesNote')} bare>
      <ol className={styles.gates}>
        {scenario.gates.map((gate) => (
          <li key={`${gate.gate} ${gate.about}`}>
            <GateCard scenario={scenario.id} gate={gate} />
          </li>
        ))}
      </ol>
    </Section>
  )
}
