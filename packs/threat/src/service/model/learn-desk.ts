import type { Caller } from '@dengta/kernel'
import { sql } from 'kysely'
import type { Disposition } from '../../triage/case.ts'
import { audit } from '../audit.ts'
import { flowCheckpoint } from '../flow/flow-checkpoint.ts'
import type { ThreatTables } from '../tables.ts'
import type { ThreatContext } from '../threat-context.ts'
import { threatErrors } from '../threat-errors.ts'
import { learnApart } from './learn-client.ts'
import type { LearntFlow } from './learn-task.ts'
import type { KnownModel, ModelService } from './model-service.ts'

type Parts = ThreatContext & { readonly models: ModelService }

/** Learns as `learnFromVerdicts` does, one model at a time; throws `threat.learning` meanwhile. */
export function learner(parts: Parts) {
  let isLearning = false
  return async (caller: Caller): Promise<KnownModel> => {
    if (isLearning) throw threatErrors.learning()
    isLearning = true
    try {
      return await learnFromVerdicts(parts, caller)
    } finally {
      isLearning = false
    }
  }
}

/** Learns a new model for the live flow from the kept cases of each network with their verdicts; throws `threat.too_few_sites`. */
async function learnFromVerdicts(parts: Parts, caller: Caller): Promise<KnownModel> {
  const judged: LearntFlow[] = []
  let isSimulated = false
  for (const { network, flow } of await judgedFlows(parts)) {
    if (judged.some(({ name }) => name === network)) continue
    const checkpoint = await flowCheckpoint(parts.store, flow)
    if (!checkpoint) continue
    const verdicts = await verdictsOf(parts, flow)
    const sources = new Set([...verdicts.values()].map(({ source }) => source))
    isSimulated ||= sources.has('simulated')
    judged.push({ name: network, checkpoint: checkpoint.state, verdicts, fromPeople: sources.has('analyst') })
  }
  if (judged.length < 2) throw threatErrors.too_few_sites({ sites: judged.length })
  const model = await parts.models.keep(await learnApart({ judged }), {
    ...{ origin: isSimulated ? 'simulated' : 'real', use: 'live' },
    fromPeople: judged.some(({ fromPeople }) => fromPeople),
  })
  const { id } = model.version
  await audit(parts.store.db<ThreatTables>(), {
    at: parts.clock.now(),
    actor: caller.participant,
    action: 'model.learn',
    target: id,
  })
  return model
}

interface NetworkFlow {
  readonly network: string
  readonly flow: string
}

/**
 * Flows with verdicts, of each network that with the most first, and of these the newest. Only one of them is learnt from: a
 * log that was replayed twice is one network, and what a model has learnt from it proves nothing on the other.
 */
async function judgedFlows({ store }: Pick<Parts, 'store'>): Promise<readonly NetworkFlow[]> {
  const { rows } = await sql<NetworkFlow>`
    select network, flow from (
      select network, flow, seq from threat_groups where coalesce(verdict, truth) is not null
      union all select network, flow, 0 from threat_gone_labels
    ) as each group by network, flow order by network, count(*) desc, max(seq) desc, flow desc`.execute(
    store.db<ThreatTables>(),
  )
  return rows
}

type Judged = Disposition & { readonly source: string }

/** What an attack was filed under, else its incident: groups of one attack are no trials of their own. */
const FILE = sql`coalesce(file, truth_file, case when coalesce(verdict, truth) = 'attack' then incident end)`

/** A person's verdict before a published label; those of groups that are no longer kept too. */
export async function verdictsOf({ store }: Pick<Parts, 'store'>, flow: string): Promise<ReadonlyMap<number, Judged>> {
  const rows = await sql<{ number: string; verdict: Disposition['verdict']; file: string | null; source: string }>`
    select number, coalesce(verdict, truth) as verdict, ${FILE} as file, coalesce(label_source, 'analyst') as source from (
      select g.number, g.verdict, g.truth, d.file, g.truth_file, g.incident, g.label_source
      from threat_groups g left join threat_dispositions d on d.group_id = g.id and d.undone_at is null
      where g.flow = ${flow} and coalesce(g.verdict, g.truth) is not null
      union all select number, verdict, truth, file, truth_file, incident, label_source
      from threat_gone_labels where flow = ${flow}
    ) as each`.execute(store.db<ThreatTables>())
  return new Map(
    rows.rows.map(({ number, verdict, file, source }) => [
      Number(number),
      { verdict, source, ...(file === null ? {} : { file }) },
    ]),
  )
}
