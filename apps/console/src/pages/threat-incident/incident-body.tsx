import type { IncidentDetail } from '@dengta/sdk'
import { useState } from 'react'
import { useHouse } from '../../house/use-house.ts'
import { AlertTable } from '../../parts/alert-table.tsx'
import { Facts } from '../../parts/facts.tsx'
import { hostsOf } from '../../parts/hosts-of.ts'
import { Loaded } from '../../parts/loaded.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Section } from '../../parts/page.tsx'
import { RecordLink } from '../../parts/record-link.tsx'
import { IncidentLink } from '../../parts/threat-links.tsx'
import { useTimes } from '../../words/use-times.ts'
import { useWords } from '../../words/use-words.ts'
import { EntityGraph } from './entity-graph.tsx'
import { IncidentResponse } from './incident-response.tsx'
import { TechniqueRows } from './technique-rows.tsx'
import { Timeline } from './timeline.tsx'

/** An incident from top to bottom: what, when, who is touched, how, and what was done. */
export function IncidentBody({ incident }: { readonly incident: IncidentDetail }) {
  const { t } = useWords()
  const [picked, pick] = useState<string>()
  const worst = incident.timeline.reduce<IncidentDetail['timeline'][number] | undefined>(
    (best, entry) => (best === undefined || entry.score > best.score ? entry : best),
    undefined,
  )
  const chosen = incident.timeline.find(({ group }) => group === picked) ?? worst
  return (
    <>
      {incident.mergedInto !== undefined && (
        <Notice title={t('incident.mergedInto')}>
          <IncidentLink id={incident.mergedInto}>{incident.mergedInto}</IncidentLink>
        </Notice>
      )}
      <Section title={t('incident.facts')}>
        <IncidentFacts incident={incident} />
      </Section>
      <Section title={t('incident.timeline')} note={t('incident.timelineNote')}>
        <ShownOf incident={incident} />
        <Timeline entries={incident.timeline} chosen={chosen?.group} choose={pick} />
      </Section>
      {chosen && (
        <Section
          title={t('incident.alertsOf')}
          note={t('incident.alertsNote', { signature: chosen.signature, host: chosen.host })}
        >
          <GroupAlerts group={chosen.group} />
        </Section>
      )}
      <Section title={t('incident.graph')} note={t('incident.graphNote')}>
        <EntityGraph graph={incident.graph} />
      </Section>
      <Section title={t('incident.techniques')}>
        <TechniqueRows seen={incident.seenTechniques} />
      </Section>
      <IncidentResponse incident={incident} />
      <Section title={t('incident.records')}>
        {incident.record ? (
          <Facts facts={[[t('incident.closingRecord'), <RecordLink key="record" id={incident.record} />]]} />
        ) : (
          <Notice title={t(incident.state === 'closed' ? 'incident.closedByTime' : 'incident.noRecord')} />
        )}
      </Section>
    </>
  )
}

/** Says so where the page shows a part of the groups only. */
function ShownOf({ incident: { timeline, groups } }: { readonly incident: IncidentDetail }) {
  const { t, count } = useWords()
  if (timeline.length >= groups) return undefined
  return <Notice title={t('incident.shownOf', { shown: count(timeline.length), groups: count(groups) })} />
}

function IncidentFacts({ incident }: { readonly incident: IncidentDetail }) {
  const { t, count, cost } = useWords()
  const { moment, zoned, span } = useTimes()
  const { first, last, network, groups, alerts, score, merged } = incident
  const lasted = span(Date.parse(last) - Date.parse(first))
  return (
    <Facts
      columns={3}
      facts={[
        [t('alert.time'), t('incident.span', { first: moment(first), last: zoned(last), span: lasted })],
        [t('threat.network'), network],
        [t('incidents.hosts'), hostsOf(incident)],
        [t('incidents.groups'), count(groups)],
        [t('incidents.alerts'), count(alerts)],
        [t('incidents.score'), t('incident.scoreNote', { score: cost(score).replace('-', '−') })],
        ...(merged.length > 0 ? [[t('incident.merged'), merged.join(', ')] as const] : []),
      ]}
    />
  )
}

function GroupAlerts({ group }: { readonly group: string }) {
  const query = useHouse('listAlerts', [{ group, limit: 20 }])
  return <Loaded query={query}>{({ alerts }) => <AlertTable alerts={alerts} />}</Loaded>
}
