import { HOUSE, type Job, type Text, toAppError } from '@dengta/kernel'
import type { ReplayOutcome, ReplayView } from '@dengta/sdk'
import { sql } from 'kysely'
import { clearFlow } from '../flow/flow-folder.ts'
import { learnApart } from '../model/learn-client.ts'
import type { KnownModel, ModelService } from '../model/model-service.ts'
import type { RuleBook } from '../rule/rule-book.ts'
import type { ThreatTables } from '../tables.ts'
import type { ThreatContext } from '../threat-context.ts'
import { threatErrors } from '../threat-errors.ts'
import { shareOf } from '../triage/risk.ts'
import type { RiskDesk } from '../triage/risk-desk.ts'
import { sealDecisions } from '../triage/seal-decisions.ts'
import { groupId } from '../triage/triage-finding.ts'
import type { WebhookDesk } from '../webhook/webhook-desk.ts'
import { collectEvidence, type Responders } from './collect-evidence.ts'
import type { GroupTruth } from './labelled-stream.ts'
import { describeSource, type NetworkSource, networkSource } from './networks.ts'
import { replayAlerts } from './replay-alerts.ts'
import { concludeEvents, replayEvents } from './replay-events.ts'
import { cancelled, type ReplayRow, type ReplayStore } from './replay-store.ts'

export const REPLAY_QUEUE = 'threat-replay'

export type ReplayJobParts = ThreatContext &
  Responders & {
    readonly replays: ReplayStore
    readonly models: ModelService
    readonly rules: RuleBook
    readonly risks: RiskDesk
    readonly webhooks: WebhookDesk
    readonly pause: (milliseconds: number) => Promise<void>
    /** How far a running replay is. */
    readonly steps: Map<string, NonNullable<ReplayView['progress']>>
    /** Replays that somebody wants stopped, and who. */
    readonly stops: Map<string, string>
  }

/** One replay from end to end; called again after a crash it goes on where it was. */
export function replayJob(parts: ReplayJobParts): Job {
  const rowOf = async (payload: unknown): Promise<ReplayRow> => {
    const { id } = payload as { id: string }
    const row = await parts.replays.find(id)
    if (!row) throw threatErrors.missing({ what: 'replay', id })
    return row
  }
  return {
    queue: REPLAY_QUEUE,
    concurrency: 1,
    work: async (payload) => {
      const row = await rowOf(payload)
      const { id, state } = row.view
      if (state !== 'waiting' && state !== 'running') {
        parts.stops.delete(id)
        return clear(parts, id)
      }
      if (state === 'running' && row.afterRestart === 'cancel') {
        await cancel(parts, row, HOUSE)
        return clear(parts, id)
      }
      try {
        await run(stoppable(parts, id), { ...row, view: { ...row.view, state: 'running' } })
      } catch (error) {
        const by = parts.stops.get(id)
        const now = await rowOf(payload)
        await (by === undefined ? fail(parts, now, error) : cancel(parts, now, by))
      } finally {
        parts.steps.delete(id)
        parts.stops.delete(id)
      }
      await clear(parts, id)
    },
    giveUp: async (payload) => {
      const row = await rowOf(payload)
      await fail(parts, row, threatErrors.replay_broken_off({ id: row.view.id }))
      await clear(parts, row.view.id)
    },
  }
}

/** Nothing goes on with a replay that is over. */
async function clear({ store }: ReplayJobParts, id: string): Promise<void> {
  for (const flow of [id, eventFlow(id)]) await clearFlow(store.home, flow)
}

function cancel({ replays, clock }: ReplayJobParts, row: ReplayRow, by: string): Promise<void> {
  return replays.save(cancelled(row, by, clock.now()))
}

/** Every wait of a replay is where it may be stopped. */
function stoppable(parts: ReplayJobParts, id: string): ReplayJobParts {
  const pause = async (milliseconds: number): Promise<void> => {
    if (parts.stops.has(id)) throw threatErrors.replay_stopped({ id })
    await parts.pause(milliseconds)
  }
  return { ...parts, pause }
}

async function fail({ replays, clock, warn }: ReplayJobParts, row: ReplayRow, error: unknown): Promise<void> {
  const { code, text, cause } = toAppError(error)
  if (cause) warn(`replay ${row.view.id}: ${String((cause as Error).stack ?? cause)}`)
  await replays.save({
    ...row,
    view: { ...row.view, state: 'failed', failure: { code, text }, finishedAt: clock.now().toISOString() },
  })
}

async function run(parts: ReplayJobParts, begun: ReplayRow): Promise<void> {
  const { id, network } = begun.view
  const source = networkSource(parts.settings.dataFolder, begun.kind === 'sample' ? 'sample' : undefined)
  const step = (share: number, text: Text) => parts.steps.set(id, { share, step: text })
  step(0, STEPS.learn)
  await parts.replays.save(begun)
  const model = await modelOf(parts, begun, source)
  const learnt = { ...begun, model: model.version.id }
  await parts.replays.save(learnt)
  await parts.pause(0)
  const detected = learnt.detected ?? (learnt.events ? await events(parts, learnt, model) : { events: 0, alerts: 0 })
  const row = { ...learnt, detected }
  await parts.replays.save(row)
  step(0.3, STEPS.alerts)
  const truths = await replayAlerts(parts, {
    ...{ flow: id, network, source, model, speed: row.view.speed, webhooks: parts.webhooks, pause: parts.pause },
    progress: (alerts) => step(0.3 + 0.5 * (1 - 1 / (1 + alerts / 20_000)), STEPS.alerts),
  })
  step(0.8, STEPS.respond)
  await label(parts, row, truths)
  const incidents = await openIncidents(parts, id)
  const responses = await collectEvidence(parts, incidents.slice(0, 3))
  step(0.9, STEPS.seal)
  const sealed = [...(await sealDecisions(parts, id)), ...(await sealDecisions(parts, eventFlow(id)))]
  const basis = [...(model.version.record === undefined ? [] : [model.version.record]), ...sealed]
  const outcome = await outcomeOf(parts, row, detected)
  const record = await put(parts, { row, outcome, basis })
  const view = { ...row.view, state: 'done' as const, finishedAt: parts.clock.now().toISOString(), outcome, incidents }
  await parts.replays.save({ ...row, view: { ...view, records: [...basis, ...responses, record] } })
}

const eventFlow = (id: string): string => `${id}-events`

const STEPS = {
  learn: { en: 'learning from the other networks', zh: '正在从其他网络学习' },
  events: { en: 'detecting and correlating in recorded events', zh: '正在对录制的事件做检测与关联' },
  alerts: { en: 'grouping and deciding on alerts', zh: '正在对告警归组并研判' },
  respond: { en: 'collecting evidence on the simulator', zh: '正在模拟器上取证' },
  seal: { en: 'sealing decisions', zh: '正在封存决定' },
}

/** A model that has not seen the network it is tried on. */
async function modelOf(parts: ReplayJobParts, row: ReplayRow, source: NetworkSource): Promise<KnownModel> {
  const known = row.model === undefined ? undefined : await parts.models.find(row.model)
  if (known) return known
  const learnt = await learnApart({ source, networks: source.networks.filter((each) => each !== row.view.network) })
  return parts.models.keep(learnt, { origin: row.view.origin, use: 'replay' })
}

async function events(
  parts: ReplayJobParts,
  row: ReplayRow,
  model: KnownModel,
): Promise<{ events: number; alerts: number }> {
  const { id } = row.view
  const { webhooks, pause, rules } = parts
  await rules.current()
  parts.steps.set(id, { share: 0.2, step: STEPS.events })
  const progress = () => undefined
  const sample = row.kind === 'sample'
  const replay = { flow: eventFlow(id), sample, model, rules: rules.chosen, webhooks, pause, progress }
  const through = row.through ?? (await replayEvents(parts, replay))
  await parts.replays.save({ ...row, through })
  await concludeEvents(parts, replay, through)
  return { events: through.events, alerts: through.alerts }
}

/** Groups of one statement: each of its parameters is a list, which costs the main thread less than thousands of them. */
const LABELLED = 5000

/** Published labels, after everything is decided. */
async function label(
  { store }: ReplayJobParts,
  { view, kind }: ReplayRow,
  truths: ReadonlyMap<number, GroupTruth>,
): Promise<void> {
  const source = kind === 'sample' ? 'simulated' : 'published'
  const all = [...truths].map(([number, { disposition }]) => ({ id: groupId(view.id, number), ...disposition }))
  await store.transaction<ThreatTables, void>(async (tx) => {
    for (let from = 0; from < all.length; from += LABELLED) {
      const some = all.slice(from, from + LABELLED)
      const column = (name: 'id' | 'verdict' | 'file') => some.map((each) => each[name] ?? null)
      await sql`update threat_groups g set truth = each.verdict, truth_file = each.file, label_source = ${source}
        from unnest(${column('id')}::text[], ${column('verdict')}::text[], ${column('file')}::text[])
          as each (id, verdict, file) where g.id = each.id`.execute(tx)
    }
  })
}

async function openIncidents({ store }: ReplayJobParts, flow: string): Promise<string[]> {
  const rows = await store
    .db<ThreatTables>()
    .selectFrom('threat_incidents')
    .select('id')
    .where('flow', '=', flow)
    .where('state', '<>', 'candidate')
    .where('merged_into', 'is', null)
    .orderBy('score', 'desc')
    .limit(20)
    .execute()
  return rows.map(({ id }) => id)
}

async function outcomeOf(
  { risks, settings }: ReplayJobParts,
  { view, kind }: ReplayRow,
  detected: { events: number; alerts: number },
): Promise<ReplayOutcome> {
  const counts = await risks.counts(view.network, view.id)
  const { source } = describeSource(networkSource(settings.dataFolder, kind === 'sample' ? 'sample' : undefined))
  return {
    ...{
      events: detected.events,
      eventAlerts: detected.alerts,
      alerts: counts.alerts,
      groups: counts.groups,
      incidents: counts.incidents,
    },
    automaticGroups: shareOf(counts.automaticGroups, counts.groups),
    automaticAlerts: shareOf(counts.automaticAlerts, counts.alerts),
    falseGroups: shareOf(counts.benignShown, counts.benign),
    falseIncidents: shareOf(counts.falseIncidents, counts.judgedIncidents),
    missedSteps: shareOf(counts.stepsMissed, counts.steps),
    handedOver: counts.handedOver,
    labels: source,
  }
}

interface Finished {
  readonly row: ReplayRow
  readonly outcome: ReplayOutcome
  readonly basis: readonly string[]
}

async function put({ store, ledger }: ReplayJobParts, { row, outcome, basis }: Finished): Promise<string> {
  const { id, origin, source } = row.view
  const bare = ({ count, of }: { count: number; of: number }) => ({ count, of })
  const { events: seen, alerts, groups, incidents } = outcome
  const digest = (await store.blobs.put(Buffer.from(JSON.stringify(outcome)))).digest
  return store.transaction<ThreatTables, string>(async (tx) => {
    const { id: record } = await ledger.append(tx, {
      ...{ kind: 'threat-replay', actor: HOUSE, subjects: [{ name: `replay:${id}`, digest: { sha256: digest } }] },
      predicate: {
        ...{
          basis: [...basis],
          replay: id,
          origin,
          source: source.en,
          model: row.model ?? '',
          labels: row.kind === 'sample' ? 'simulated' : 'published',
        },
        ...{ events: seen, alerts, groups, incidents, automaticGroups: bare(outcome.automaticGroups) },
        ...{ automaticAlerts: bare(outcome.automaticAlerts), falseGroups: bare(outcome.falseGroups) },
        ...{ falseIncidents: bare(outcome.falseIncidents), missedSteps: bare(outcome.missedSteps) },
      },
    })
    return record
  })
}
