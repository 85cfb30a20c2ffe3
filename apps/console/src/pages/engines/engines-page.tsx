import type { Health } from '@dengta/sdk'
import { useHouse } from '../../house/use-house.ts'
import { Facts } from '../../parts/facts.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Section } from '../../parts/page.tsx'
import { useWords } from '../../words/use-words.ts'
import { RunFrame } from '../run/run-frame.tsx'
import { EngineSection } from './engine-section.tsx'
import { IsolationFacts } from './isolation-facts.tsx'

/** What runs submissions and jobs here, and how well it is. */
export function EnginesPage() {
  const { t } = useWords()
  const health = useHouse('getHealth', [], { again: () => 5_000 })
  return (
    <RunFrame title={t('engines.title')} lead={t('run.lead')}>
      <EngineSection />
      <Loaded query={health}>{(answer) => <Sandbox health={answer} />}</Loaded>
    </RunFrame>
  )
}

function Sandbox({ health }: { readonly health: Health }) {
  const { t, count } = useWords()
  const { jobsWaiting, uptimeSeconds, version, store, sandbox } = health
  return (
    <>
      <Section title={t('run.queue')}>
        <Facts
          columns={2}
          facts={[
            [t('run.waiting'), count(jobsWaiting)],
            [t('run.uptime'), t('run.minutes', { minutes: count(Math.floor(uptimeSeconds / 60)) })],
            [t('run.store'), t(`run.store.${store}`)],
            [t('run.version'), version],
          ]}
        />
      </Section>
      <Section title={t('run.isolation')}>
        <IsolationFacts sandbox={sandbox} />
      </Section>
    </>
  )
}
