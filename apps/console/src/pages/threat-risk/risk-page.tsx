import { type RiskView, riskQuery } from '@dengta/sdk'
import { useFilters } from '../../house/use-filters.ts'
import { useHouse } from '../../house/use-house.ts'
import { Facts } from '../../parts/facts.tsx'
import { FilterBar, FilterSelect } from '../../parts/filter-bar.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Section } from '../../parts/page.tsx'
import { RecordLink } from '../../parts/record-link.tsx'
import { ThreatFrame } from '../../parts/threat-frame.tsx'
import { useTimes } from '../../words/use-times.ts'
import { useWords } from '../../words/use-words.ts'
import { DayTable } from './day-table.tsx'
import { DriftFacts } from './drift-facts.tsx'
import { Guard } from './guard.tsx'
import { LearnButton } from './learn-button.tsx'
import { NetworkTable } from './network-table.tsx'
import { ThreeRisks } from './three-risks.tsx'

export function RiskPage() {
  const { t } = useWords()
  const { shown, show } = useFilters(riskQuery)
  const query = useHouse('getTriageRisk', [shown], { again: () => 30_000 })
  const networks = query.data?.networks ?? []
  return (
    <ThreatFrame under="risk" title={t('threat.nav.risk')} lead={t('risk.lead')} actions={<LearnButton />}>
      {networks.length > 1 && (
        <FilterBar>
          <FilterSelect
            id="network"
            label={t('threat.network')}
            any={t('risk.allNetworks')}
            width={200}
            value={shown.network}
            options={networks.map((name) => ({ value: name, label: name }))}
            onChange={(network) => show({ network })}
          />
        </FilterBar>
      )}
      <Loaded query={query} lines={10}>
        {(risk) => <Risk risk={risk} />}
      </Loaded>
    </ThreatFrame>
  )
}

function Risk({ risk }: { readonly risk: RiskView }) {
  const { t, say } = useWords()
  return (
    <>
      <Guard guard={risk.guard} />
      <Section title={t('risk.three')} note={<Labels labels={risk.labels} />} bare>
        <ThreeRisks risk={risk} />
      </Section>
      {risk.networks.length > 0 && (
        <Section title={t('risk.networks')}>
          <NetworkTable networks={risk.networks} />
        </Section>
      )}
      <Section title={t('risk.drift')}>
        <DriftFacts drift={risk.drift} />
      </Section>
      <Section title={t('risk.days')}>
        <DayTable days={risk.days} />
      </Section>
      <Section title={t('risk.model')}>
        <ModelFacts risk={risk} />
      </Section>
      <Section title={t('risk.how')} note={`${say(risk.text)} ${say(risk.kept)}`} bare>
        {null}
      </Section>
    </>
  )
}

function Labels({ labels }: { readonly labels: RiskView['labels'] }) {
  const { t, say, count } = useWords()
  const { kind, judged, notJudged } = labels
  const told = { kind: t(`labels.${kind}`), judged: count(judged), notJudged: count(notJudged) }
  return (
    <>
      <b>{t('risk.labels')}</b>: {t('risk.labelsText', told)}. {say(labels.text)}
    </>
  )
}

function ModelFacts({ risk: { model } }: { readonly risk: RiskView }) {
  const { t, count } = useWords()
  const { moment } = useTimes()
  return (
    <Facts
      facts={[
        [t('risk.model'), <code key="model">{model.id}</code>],
        [t('risk.learntAt'), moment(model.learntAt)],
        [
          t('risk.sites'),
          <ul key="sites">
            {model.sites.map(({ name, cases, judged, attacks }) => (
              <li key={name}>
                {t('risk.siteText', { name, cases: count(cases), judged: count(judged), attacks: count(attacks) })}
              </li>
            ))}
          </ul>,
        ],
        [t('threat.record'), model.record ? <RecordLink key="record" id={model.record} /> : '–'],
      ]}
    />
  )
}
