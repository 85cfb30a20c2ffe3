import { type Caller, HOUSE, type Reason, type Text } from '@dengta/kernel'
import type {
  ConsentView,
  IncidentDetail,
  NewRun,
  PlaybookRow,
  ReportRun,
  RunDetail,
  RunQuery,
  RunRow,
} from '@dengta/sdk'
import type { Selectable } from 'kysely'
import { playbookName, stepName } from '../../playbook/playbook-names.ts'
import { isSimulated } from '../../respond/actuator-adapter.ts'
import type { Adapter, SecretSource } from '../../respond/adapter.ts'
import { mayApprove, type Person } from '../../respond/approval.ts'
import { pinned } from '../../respond/playbook-library.ts'
import { type ResponseEngine, responseEngine } from '../../respond/response-engine.ts'
import { FINAL, type JournalEntry, type Run } from '../../respond/run.ts'
import { bothWords } from '../../respond/same-words.ts'
import { undoLevelOf } from '../../respond/undo-run.ts'
import { audit } from '../audit.ts'
import type { PlaybookShelf } from '../playbook/playbook-shelf.ts'
import { isOfReplay } from '../replay/is-of-replay.ts'
import type { ThreatTables } from '../tables.ts'
import type { ThreatContext } from '../threat-context.ts'
import { threatErrors } from '../threat-errors.ts'
import { recordFacts, recordsOf } from './record-facts.ts'
import { sqlRunStore } from './sql-run-store.ts'

export interface RunDesk {
  start(caller: Caller, request: NewRun): Promise<RunDetail>
  list(query: RunQuery): Promise<readonly RunRow[]>
  /** Throws `threat.missing`. */
  get(caller: Caller, id: string): Promise<RunDetail>
  approve(caller: Caller, id: string, digest: string): Promise<ConsentView>
  refuse(caller: Caller, id: string, reason: string): Promise<RunDetail>
  report(caller: Caller, id: string, report: ReportRun): Promise<RunDetail>
  resume(caller: Caller, id: string): Promise<RunDetail>
  undo(caller: Caller, id: string): Promise<RunDetail>
  ofIncident(incident: string): Promise<IncidentDetail['runs']>
  playbooks(): Promise<readonly PlaybookRow[]>
}

export type RunDeskParts = ThreatContext & {
  readonly shelf: PlaybookShelf
  readonly adapters: readonly Adapter[]
  readonly secrets: SecretSource
  readonly pause: (milliseconds: number) => Promise<void>
}

type Row = Selectable<ThreatTables['threat_runs']>

/** The operator of this machine leads; other operators are analysts. So two people are two participants. */
const personOf = ({ participant }: Caller): Person => ({
  id: participant,
  level: participant === HOUSE ? 'lead' : 'analyst',
})

export function runDesk(parts: RunDeskParts): RunDesk {
  const { shelf, store } = parts
  const runs = sqlRunStore(store)
  const engine = responseEngine({ ...parts, runs, library: shelf.library, holder: `house-${process.pid}` })
  const get = async (caller: Caller, id: string) => detail(parts, caller, await rowOf(parts, id))
  const acted =
    (action: string, work: (engine: ResponseEngine, caller: Caller, id: string) => Promise<unknown>) =>
    async (caller: Caller, id: string): Promise<RunDetail> => {
      await rowOf(parts, id)
      await work(engine, caller, id)
      await note(parts, caller, action, id)
      await recordFacts(parts, id)
      return get(caller, id)
    }
  return {
    start: async (caller, request) => {
      const id = await start(parts, engine, { caller, request })
      return get(caller, id)
    },
    list: async (query) => list(parts, query),
    get,
    approve: async (caller, id, digest) => {
      await rowOf(parts, id)
      const { decision } = await engine.approve(id, personOf(caller), digest)
      await note(parts, caller, decision.ok ? 'run.approve' : 'run.approve-refused', id)
      await recordFacts(parts, id)
      return {
        ok: decision.ok,
        reasons: decision.ok ? [] : decision.reasons.map((each) => ({ ...each })),
        run: await get(caller, id),
      }
    },
    refuse: (caller, id, reason) => acted('run.refuse', (it) => it.refuse(id, personOf(caller), reason))(caller, id),
    report: (caller, id, report) => acted('run.report', (it) => it.report(id, personOf(caller), report))(caller, id),
    resume: acted('run.resume', (it, _, id) => it.resume(id)),
    undo: acted('run.undo', (it, caller, id) => it.undo(id, personOf(caller))),
    ofIncident: async (incident) =>
      (await list(parts, { incident })).map(({ id, name, status, startedAt }) => ({
        id,
        playbook: name,
        status,
        startedAt,
      })),
    playbooks: () => shelf.list(),
  }
}

interface Starting {
  readonly caller: Caller
  readonly request: NewRun
}

async function start(parts: RunDeskParts, engine: ResponseEngine, { caller, request }: Starting): Promise<string> {
  const { playbook, version, inputs = {}, reason, incident, ticket } = request
  const versioned = version === undefined ? {} : { version }
  const rehearsal = await isOfReplay(parts.store, { incident, ticket })
  const about = { ...(incident !== undefined && { incident }), ...(ticket !== undefined && { ticket }) }
  const asked = { playbook, ...versioned, inputs, reason, about, requester: caller.participant, rehearsal }
  const run = await engine.start(asked)
  await note(parts, caller, 'run.start', run.id)
  await recordFacts(parts, run.id)
  return run.id
}

async function note({ store, clock }: RunDeskParts, caller: Caller, action: string, target: string): Promise<void> {
  await audit(store.db<ThreatTables>(), { at: clock.now(), actor: caller.participant, action, target })
}

async function rowOf({ store }: RunDeskParts, id: string): Promise<Row> {
  const row = await store
    .db<ThreatTables>()
    .selectFrom('threat_runs')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw threatErrors.missing({ what: 'run', id })
  return row
}

async function list(parts: RunDeskParts, { status, incident, limit = 100 }: RunQuery): Promise<RunRow[]> {
  let select = parts.store.db<ThreatTables>().selectFrom('threat_runs').selectAll().orderBy('seq', 'desc').limit(limit)
  if (status !== undefined) select = select.where('status', '=', status)
  if (incident !== undefined) select = select.where('incident', '=', incident)
  return Promise.all((await select.execute()).map((row) => runRow(parts, row)))
}

async function runRow({ shelf }: RunDeskParts, row: Row): Promise<RunRow> {
  const run = JSON.parse(row.body) as Run
  const [root] = run.playbooks
  const playbook = root && (await shelf.library.find(root.id, root.modified))
  const { id, status, asks, requester, reason, startedAt, endedAt, failure } = run
  return {
    ...{
      id,
      playbook: root?.id ?? '',
      name: playbook ? playbookName(playbook) : unnamed(root?.id),
      status,
      requester,
      reason,
      startedAt,
    },
    ...(asks === undefined ? {} : { asks }),
    ...(row.incident === null ? {} : { incident: row.incident }),
    ...(row.ticket === null ? {} : { ticket: row.ticket }),
    ...(endedAt === undefined ? {} : { endedAt }),
    ...(failure === undefined ? {} : { failure: bothWords(failure) }),
    simulated: (run.places ?? []).every((place) => isSimulated({ place })),
    places: (run.places ?? []).filter((place) => !isSimulated({ place })),
  }
}

const unnamed = (id = ''): Text => ({ en: id, zh: id })

async function detail(parts: RunDeskParts, caller: Caller, row: Row): Promise<RunDetail> {
  const run = JSON.parse(row.body) as Run
  const names = await stepNames(parts, run)
  const journal = await sqlRunStore(parts.store).journal(run.id)
  const { work, demand } = run
  return {
    ...(await runRow(parts, row)),
    version: run.version,
    ...(work === undefined
      ? {}
      : {
          work: {
            ...{
              step: work.step,
              name: names(work.step),
              phase: work.phase,
              digest: work.digest,
              next: work.next,
              attempt: work.attempt,
            },
            commands: work.commands.map((each) => ({ ...each })),
          },
        }),
    ...(demand === undefined ? {} : { demand: { ...demand } }),
    approvals: run.approvals.map((each) => ({ ...each })),
    done: run.done.map(({ step, undo, undone, lost }) => ({
      step,
      name: names(step),
      undoable: undo !== undefined,
      undone,
      lost,
    })),
    journal: journal.map(journalLine),
    may: mayOf(run, caller),
    records: await recordsOf(parts, run.id),
  }
}

async function stepNames({ shelf }: RunDeskParts, run: Run): Promise<(step: string) => Text> {
  const playbooks = await Promise.all(run.playbooks.map((each) => pinned(shelf.library, each).catch(() => undefined)))
  return (step) => {
    const found = playbooks.find((each) => each !== undefined && Object.hasOwn(each.workflow, step))?.workflow[step]
    return found ? stepName(found) : unnamed(step)
  }
}

function journalLine({
  kind,
  at,
  actor,
  step,
  phase,
  command,
  attempt,
  outcome,
  detail: words,
  milliseconds,
}: JournalEntry): RunDetail['journal'][number] {
  const known = { step, phase, command, attempt, outcome, detail: words, milliseconds }
  return { kind, at, actor, ...Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined)) }
}

/** What this person could do now; a refusal is shown before it is asked for. */
function mayOf(run: Run, caller: Caller): RunDetail['may'] {
  const isOperator = caller.roles.includes('operator')
  const ended = FINAL.has(run.status)
  const isEnough = undoLevelOf(run) === 'analyst' || personOf(caller).level === 'lead'
  const undo = isOperator && ended && isEnough && run.done.some((each) => each.undo !== undefined && !each.undone)
  if (run.asks !== 'approval' || run.demand === undefined) return { approve: false, undo, reasons: [] }
  const decision = mayApprove(personOf(caller), { ...run.demand, requester: run.requester }, run.approvals)
  const reasons: Reason[] = decision.ok ? [] : [...decision.reasons]
  return { approve: isOperator && decision.ok, undo, reasons: reasons.map((each) => ({ ...each })) }
}
