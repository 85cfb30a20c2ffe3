import type { Decision, Reason, Text } from '@dengta/kernel'
import type { Dictionary, Identifier, Timestamp } from '../playbook/playbook.ts'
import { playbookName } from '../playbook/playbook-names.ts'
import { needInputs, startValues } from '../playbook/variable.ts'
import { admit } from './admission.ts'
import { isApproved, mayApprove, type Person } from './approval.ts'
import { driveRun, endStep } from './drive-run.ts'
import { pin, pinned, withCalled } from './playbook-library.ts'
import { respondErrors } from './respond-errors.ts'
import { type ResponseParts, record, without } from './response-parts.ts'
import type { Level, Run, RunAbout, Work } from './run.ts'
import { saidStatus } from './run-status-words.ts'
import { RunsAtWork } from './runs-at-work.ts'
import { sameWords } from './same-words.ts'
import { beginUndo, driveUndo, failUndo } from './undo-run.ts'
import { positionAtStart } from './workflow-position.ts'

export interface RunRequest {
  readonly playbook: Identifier
  readonly version?: Timestamp
  readonly inputs: Dictionary<string>
  readonly requester: string
  readonly reason: string
  readonly about?: RunAbout
  /** Stays in the simulator whatever an owner has chosen. */
  readonly rehearsal?: boolean
}

export interface Consent {
  readonly decision: Decision
  readonly run: Run
}

/** A person's word on work by hand, or on a command whose outcome is not known. */
export interface HandReport {
  readonly ok: boolean
  readonly detail: string
}

/** The use cases of responses. Each answers the run as it stands once it ends or waits for a person. */
export interface ResponseEngine {
  start(request: RunRequest): Promise<Run>
  /** `digest`: of the plan that the person saw (`run.work.digest`). A refusal is a value, and written down. */
  approve(id: string, person: Person, digest: string): Promise<Consent>
  /** Says no to the step that asks: the run is cancelled. */
  refuse(id: string, person: Person, reason: string): Promise<Run>
  /** Answers a manual command, or says whether an uncertain one took effect. */
  report(id: string, person: Person, report: HandReport): Promise<Run>
  /** Carries on after a crash. Throws `busy` while another worker may be at it. */
  resume(id: string): Promise<Run>
  /** Takes back what a run did that has ended, in reverse order. */
  undo(id: string, person: Person): Promise<Run>
}

export function responseEngine(parts: ResponseParts): ResponseEngine {
  const atWork = new RunsAtWork()
  return {
    start: async (request) => {
      const run = await start(parts, request)
      return atWork.during(run.id, () => driveRun(parts, run))
    },
    approve: (id, person, digest) => atWork.during(id, () => approve(parts, id, person, digest)),
    refuse: (id, person, reason) => refuse(parts, id, { person, reason }),
    report: (id, person, report) => atWork.during(id, () => takeReport(parts, id, person, report)),
    resume: async (id) => {
      const run = await leftBehind(parts, id, atWork)
      return atWork.during(id, () => (run.status === 'undoing' ? driveUndo(parts, run) : driveRun(parts, run)))
    },
    undo: (id, person) => atWork.during(id, async () => beginUndo(parts, await load(parts, id), person)),
  }
}

async function start(parts: ResponseParts, request: RunRequest): Promise<Run> {
  const playbooks = await withCalled(parts.library, request.playbook, request.version)
  const now = parts.clock.now()
  for (const playbook of playbooks) admit(playbook, now)
  const root = playbooks[0] as (typeof playbooks)[number]
  const started = startValues(root, request.inputs)
  needInputs(root, started)
  const values = Object.fromEntries(started)
  const { requester, reason } = request
  const run: Run = {
    ...{ id: parts.ids.next('run'), version: 1, status: 'running', requester, reason, startedAt: now.toISOString() },
    ...{ playbooks: playbooks.map(pin), approvals: [], done: [] },
    levels: [{ playbook: pin(root), position: positionAtStart(root), values }],
    ...(request.about ? { about: request.about } : {}),
    ...(request.rehearsal ? { rehearsal: true } : {}),
  }
  await parts.runs.create(run, [{ kind: 'started', at: run.startedAt, actor: requester, detail: playbookName(root) }])
  return run
}

async function load(parts: ResponseParts, id: string): Promise<Run> {
  const run = await parts.runs.find(id)
  if (run === undefined) throw respondErrors.no_run({ id })
  return run
}

async function waitingFor(parts: ResponseParts, id: string, ...asks: readonly Run['asks'][]): Promise<Run> {
  const run = await load(parts, id)
  if (run.status !== 'waiting' || !asks.includes(run.asks)) {
    throw respondErrors.not_waiting({ id, status: saidStatus(run) })
  }
  return run
}

async function approve(parts: ResponseParts, id: string, person: Person, digest: string): Promise<Consent> {
  const run = await waitingFor(parts, id, 'approval')
  const { step, digest: planned } = run.work as Work
  if (planned !== digest) throw respondErrors.plan_changed({ id })
  const demand = { ...(run.demand as NonNullable<Run['demand']>), requester: run.requester }
  const decision = mayApprove(person, demand, run.approvals)
  const line = { actor: person.id, step, request: planned }
  if (!decision.ok) {
    const detail = joined(decision.reasons)
    return { decision, run: await record(parts, run, { kind: 'approval-refused', ...line, detail }) }
  }
  const approvals = [...run.approvals, person]
  const enough = isApproved(demand.level, approvals)
  const next: Run = enough ? { ...without(run, 'asks'), approvals, status: 'running' } : { ...run, approvals }
  const approved = await record(parts, next, { kind: 'approved', ...line })
  return { decision, run: enough ? await driveRun(parts, approved) : approved }
}

/** All that speaks against a consent, as one line of the journal. */
const joined = (reasons: readonly Reason[]): Text => ({
  en: reasons.map(({ text, code }) => `${text.en} [${code}]`).join('; '),
  zh: reasons.map(({ text, code }) => `${text.zh} [${code}]`).join('；'),
})

async function refuse(parts: ResponseParts, id: string, said: { person: Person; reason: string }): Promise<Run> {
  const run = await waitingFor(parts, id, 'approval')
  const { step, digest } = run.work as Work
  const endedAt = parts.clock.now().toISOString()
  const cancelled: Run = {
    ...without(run, 'asks', 'work', 'demand'),
    approvals: [],
    status: 'cancelled',
    endedAt,
    failure: sameWords(said.reason),
  }
  const line = {
    kind: 'approval-refused',
    actor: said.person.id,
    step,
    request: digest,
    detail: sameWords(said.reason),
  } as const
  return record(parts, cancelled, line, { kind: 'ended', outcome: 'cancelled' })
}

async function takeReport(parts: ResponseParts, id: string, person: Person, report: HandReport): Promise<Run> {
  const run = await waitingFor(parts, id, 'manual', 'uncertain')
  const work = run.work as Work
  const { step, phase, next } = work
  const line = {
    kind: 'manual-answered',
    actor: person.id,
    step,
    phase,
    command: next,
    detail: sameWords(report.detail),
  } as const
  const outcome = report.ok ? 'succeeded' : 'failed'
  const stands = report.ok ? { next: next + 1, attempt: 1 } : { attempt: work.retries + 2 }
  const moved: Work = { ...work, inFlight: false, ...stands }
  const status = phase === 'undo' ? 'undoing' : 'running'
  const told = await record(parts, { ...without(run, 'asks', 'busy'), work: moved, status }, { ...line, outcome })
  if (report.ok) return phase === 'undo' ? driveUndo(parts, told) : driveRun(parts, told)
  if (phase === 'undo') return failUndo(parts, told, sameWords(report.detail))
  const playbook = await pinned(parts.library, (told.levels.at(-1) as Level).playbook)
  return driveRun(parts, await endStep(parts, told, playbook, { ok: false, detail: sameWords(report.detail) }))
}

/** A run that nobody works on; throws `busy` where this process does, or another may. A holder of the same name that died is this one. */
async function leftBehind(parts: ResponseParts, id: string, atWork: RunsAtWork): Promise<Run> {
  const run = await load(parts, id)
  const now = parts.clock.now()
  const isElsewhere = run.busy && run.busy.holder !== parts.holder && now < new Date(run.busy.until)
  if (isElsewhere || atWork.has(id)) throw respondErrors.busy({ id, until: run.busy?.until ?? now.toISOString() })
  return run
}
