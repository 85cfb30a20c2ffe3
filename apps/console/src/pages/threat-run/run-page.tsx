import type { RunDetail } from '@dengta/sdk'
import { useParams } from '@tanstack/react-router'
import { useHouse } from '../../house/use-house.ts'
import { Facts } from '../../parts/facts.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Section } from '../../parts/page.tsx'
import { RecordLink } from '../../parts/record-link.tsx'
import { Tag } from '../../parts/tag.tsx'
import { ThreatFrame } from '../../parts/threat-frame.tsx'
import { IncidentLink, TicketLink } from '../../parts/threat-links.tsx'
import { RunStatusTag } from '../../parts/threat-tags.tsx'
import { useTimes } from '../../words/use-times.ts'
import { useWords } from '../../words/use-words.ts'
import { DoneSteps } from './done-steps.tsx'
import { Journal } from './journal.tsx'
import { StateMachine } from './state-machine.tsx'
import { UndoRun } from './undo-run.tsx'
import { WorkInHand } from './work-in-hand.tsx'

const moves = (run: RunDetail | undefined): boolean =>
  run?.status === 'running' || run?.status === 'undoing' || run?.status === 'waiting'

export function ThreatRunPage() {
  const id = useParams({ strict: false }).run ?? ''
  const { t, say } = useWords()
  const { moment } = useTimes()
  const query = useHouse('getRun', [id], { again: (run) => (moves(run) ? 1000 : false) })
  const run = query.data
  return (
    <ThreatFrame
      under="playbooks"
      title={run ? say(run.name) : id}
      back={{ to: '/serve/threat/runs', label: t('playbooks.runs') }}
      kicker={
        <>
          {t('run1.kicker')}
          {run && <RunStatusTag status={run.status} />}
          {run?.simulated && <Tag tone="simulated">{t('runs.simulated')}</Tag>}
        </>
      }
      lead={run && t('run1.lead', { requester: run.requester, at: moment(run.startedAt), reason: run.reason })}
    >
      <Loaded query={query} lines={10}>
        {(loaded) => <RunBody run={loaded} />}
      </Loaded>
    </ThreatFrame>
  )
}

function RunBody({ run }: { readonly run: RunDetail }) {
  const { t, say } = useWords()
  return (
    <>
      {run.simulated && <Notice title={t('run1.simulated')} />}
      {run.places.length > 0 && <Notice title={t('run1.real', { places: run.places.join(', ') })} bad />}
      {run.failure && <Notice title={t('run1.failure', { failure: say(run.failure) })} bad />}
      <Section title={t('run1.states')}>
        <StateMachine status={run.status} />
      </Section>
      {run.work && (
        <Section title={t('run1.work')}>
          <WorkInHand run={run} work={run.work} />
        </Section>
      )}
      <Section title={t('run1.done')} extra={<UndoRun run={run} />}>
        <DoneSteps done={run.done} />
      </Section>
      <Section title={t('run1.journal')}>
        <Journal {...run} />
      </Section>
      <Section title={t('incident.records')}>
        <Facts
          facts={[
            ...(run.incident
              ? [
                  [
                    t('incident.kicker'),
                    <IncidentLink key="incident" id={run.incident}>
                      {run.incident}
                    </IncidentLink>,
                  ] as const,
                ]
              : []),
            ...(run.ticket
              ? [
                  [
                    t('threat.nav.tickets'),
                    <TicketLink key="ticket" id={run.ticket}>
                      {run.ticket}
                    </TicketLink>,
                  ] as const,
                ]
              : []),
            [
              t('threat.record'),
              run.records.length === 0
                ? '–'
                : run.records.map((record) => (
                    <div key={record}>
                      <RecordLink id={record} />
                    </div>
                  )),
            ],
          ]}
        />
      </Section>
    </>
  )
}
