import { FLOW_STAGES, type FlowView, wordFor } from '@dengta/sdk'
import { Loaded } from '../../parts/loaded.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Section } from '../../parts/page.tsx'
import { Tag } from '../../parts/tag.tsx'
import { ThreatFrame } from '../../parts/threat-frame.tsx'
import { useWords } from '../../words/use-words.ts'
import { FlowCharts } from './flow-charts.tsx'
import { FlowFigures } from './flow-figures.tsx'
import { FlowOff } from './flow-off.tsx'
import { LatestAlerts } from './latest-alerts.tsx'
import { ReplayBox } from './replay-box.tsx'
import { RuleSetFacts } from './rule-set-facts.tsx'
import { SourceTable } from './source-table.tsx'
import { useFlow } from './use-flow.ts'

const TONE = { off: 'plain', starting: 'unsure', unopened: 'bad', running: 'good', failing: 'bad' } as const

export function FlowPage() {
  const { t } = useWords()
  const query = useFlow()
  const state = query.isError ? undefined : query.data?.state
  return (
    <ThreatFrame
      under="flow"
      title={t('threat.nav.flow')}
      lead={t('flow.lead')}
      kicker={
        <>
          {t('threat.name')}
          {state && <Tag tone={TONE[state]}>{t(`flow.state.${state}`)}</Tag>}
        </>
      }
    >
      <Loaded query={query} lines={10}>
        {(flow) => <Flow flow={flow} />}
      </Loaded>
    </ThreatFrame>
  )
}

function Flow({ flow }: { readonly flow: FlowView }) {
  const { t, say, count } = useWords()
  return (
    <>
      {(flow.state === 'failing' || flow.state === 'unopened') && (
        <Notice title={t(`flow.${flow.state}Title`)} bad>
          {say(flow.text)}
        </Notice>
      )}
      {flow.state === 'off' && <FlowOff flow={flow} />}
      {flow.notices.map(({ id, text }) => (
        <Notice key={id} title={say(text)} />
      ))}
      {flow.stageFaults.map((fault) => (
        <Notice
          key={fault.stage}
          title={t('flow.stageFault', {
            ...fault,
            stage: say(wordFor(FLOW_STAGES, fault.stage)),
            count: count(fault.count),
          })}
          bad
        />
      ))}
      <FlowFigures flow={flow} />
      <Section title={t('flow.last')} note={t('flow.lastNote')} bare>
        <FlowCharts flow={flow} />
      </Section>
      <ReplayBox />
      <Section title={t('flow.latest')}>
        <LatestAlerts />
      </Section>
      <Section title={t('flow.sources')}>
        <SourceTable sources={flow.sources} />
      </Section>
      <Section title={t('flow.detectors')}>
        <RuleSetFacts flow={flow} />
      </Section>
    </>
  )
}
