import type { IncidentRow, RunStatusName, ThreatVerdict, TicketStateName, TriageAction } from '@dengta/sdk'
import { useWords } from '../words/use-words.ts'
import { Tag } from './tag.tsx'

const INCIDENT = { candidate: 'plain', open: 'unsure', closed: 'good' } as const
const VERDICT = { attack: 'bad', benign: 'good', unclear: 'unsure' } as const
const RUN = {
  ...({ running: 'unsure', waiting: 'unsure', succeeded: 'good', failed: 'bad' } as const),
  ...({ cancelled: 'plain', undoing: 'unsure', undone: 'plain', 'undo-failed': 'bad' } as const),
}
const TICKET = {
  ...({ new: 'bad', acknowledged: 'unsure', 'in-progress': 'unsure', waiting: 'plain' } as const),
  ...({ resolved: 'good', closed: 'plain', reopened: 'bad' } as const),
}
const ACTION = { close: 'plain', suppress: 'plain', escalate: 'bad', hand_over: 'unsure' } as const

/** An incident that time closed says so: nobody has said what it was. */
/** `brief`: for a narrow column, the whole stands in the hint. */
export function IncidentStateTag({
  state,
  verdict,
  brief = false,
}: Pick<IncidentRow, 'state' | 'verdict'> & { readonly brief?: boolean }) {
  const { t } = useWords()
  if (state === 'closed' && verdict === undefined) {
    const whole = t('incidentState.closedByTime')
    return (
      <span title={whole}>
        <Tag>{brief ? t('incidentState.lapsed') : whole}</Tag>
      </span>
    )
  }
  return <Tag tone={INCIDENT[state]}>{t(`incidentState.${state}`)}</Tag>
}

export function VerdictTag({ verdict }: { readonly verdict: ThreatVerdict }) {
  const { t } = useWords()
  return <Tag tone={VERDICT[verdict]}>{t(`verdict.${verdict}`)}</Tag>
}

export function RunStatusTag({ status }: { readonly status: RunStatusName }) {
  const { t } = useWords()
  return <Tag tone={RUN[status]}>{t(`runStatus.${status}`)}</Tag>
}

export function TicketStateTag({ state }: { readonly state: TicketStateName }) {
  const { t } = useWords()
  return <Tag tone={TICKET[state]}>{t(`ticketState.${state}`)}</Tag>
}

export function ActionTag({ action }: { readonly action: TriageAction }) {
  const { t } = useWords()
  return <Tag tone={ACTION[action]}>{t(`action.${action}`)}</Tag>
}
