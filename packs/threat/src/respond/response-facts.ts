import type { JournalEntry, JournalKind, PinnedPlaybook, Run } from './run.ts'

/** One fact for an evidence record of kind `response-step`. Digests stand for content; no secret, request or answer is in it. */
export interface ResponseFact {
  readonly kind: 'response-step'
  /** The same however often the facts of a run are taken: record it once. */
  readonly id: string
  readonly run: string
  readonly reason: string
  readonly playbook: PinnedPlaybook
  readonly step: string
  readonly phase: 'do' | 'undo'
  readonly event: 'consent' | 'refusal' | 'command' | 'check' | 'hand' | 'end'
  /** SHA-256 of what was sent or consented to. */
  readonly inputs?: string
  /** Who acted: a person, or the worker of the house. */
  readonly actor: string
  readonly requester: string
  /** Who had consented to the step by then. */
  readonly approvers: readonly string[]
  readonly result: string
  readonly answer?: string
  readonly milliseconds?: number
  readonly at: string
}

const EVENTS: Partial<Record<JournalKind, ResponseFact['event']>> = {
  approved: 'consent',
  'approval-refused': 'refusal',
  answered: 'command',
  verified: 'check',
  'manual-answered': 'hand',
  'step-succeeded': 'end',
  'step-failed': 'end',
  undone: 'end',
}

/** The facts of a run, from its journal. Pure, so that a record missed in a crash is made later. */
export function responseFacts(run: Run, journal: readonly JournalEntry[]): readonly ResponseFact[] {
  const approvers = new Map<string, string[]>()
  return journal.flatMap((line, index) => {
    if (line.kind === 'approval-asked' && line.step) approvers.set(line.step, [])
    if (line.kind === 'approved' && line.step) approvers.get(line.step)?.push(line.actor)
    const event = EVENTS[line.kind]
    if (event === undefined || line.step === undefined) return []
    return [factOf(run, line, { id: `${run.id}:${index}`, event, approvers: [...(approvers.get(line.step) ?? [])] })]
  })
}

type FactPlace = Pick<ResponseFact, 'id' | 'event' | 'approvers'>

function factOf(run: Run, line: JournalEntry, place: FactPlace): ResponseFact {
  const { request, answer, milliseconds, actor, at } = line
  return {
    ...{ kind: 'response-step', run: run.id, reason: run.reason, ...place, actor, at },
    ...{ playbook: run.playbooks[0] as PinnedPlaybook, step: line.step as string, phase: line.phase ?? 'do' },
    ...{ requester: run.requester, result: line.outcome ?? line.kind },
    ...(request === undefined ? {} : { inputs: request }),
    ...(answer === undefined ? {} : { answer }),
    ...(milliseconds === undefined ? {} : { milliseconds }),
  }
}
