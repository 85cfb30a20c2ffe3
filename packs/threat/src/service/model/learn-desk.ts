import type { Caller } from '@dengta/kernel'
import { sql } from 'kysely'
import type { Disposition } from '../../triage/case.ts'
import { audit } from '../audit.ts'
import { flowCheckpoint } from '../flow/flow-checkpoint.ts'
import type { ThreatTables } from '../tables.ts'
import type { ThreatContext } from '../threat-context.ts'
import { threatErrors } from '../threat-errors.ts'
import type { JudgedFlow } from './judged-flow.ts'
import { learnApart } from './learn-client.ts'
import type { KnownModel, ModelService } from './model-service.ts'

type Parts = ThreatContext & { readonly models: ModelService }

/** Learns a new model for the live flow from the kept cases of every flow with their verdicts; throws `threat.too_few_sites`. */
export async function learnFromVerdicts(parts: Parts, caller: Caller): Promise<KnownModel> {
  const flows = await parts.store.db<ThreatTables>().selectFrom('threat_flows').select('name').execute()
  const judged: JudgedFlow[] = []
  let isSimulated = false
  for (const { name } of flows) {
    const verdicts = await verdictsOf(parts, name)
    const checkpoint = verdicts.size > 0 ? await flowCheckpoint(parts.store, name) : undefined
    if (!checkpoint) continue
    isSimulated ||= [...verdicts.values()].some(({ source }) => source === 'simulated')
    judged.push({ name, checkpoint: checkpoint.state, verdicts })
  }
  if (judged.length < 2) throw threatErrors.too_few_sites({ sites: judged.length })
  const model = await parts.models.keep(await learnApart({ judged }), {
    origin: isSimulated ? 'simulated' : 'real',
    use: 'live',
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

type Judged = Disposition & { readonly source: string }

/** A person's verdict before a published label; those of groups that are no longer kept too. */
export async function verdictsOf({ store }: Pick<Parts, 'store'>, flow: string): Promise<ReadonlyMap<number, Judged>> {
  const rows = await sql<{ number: string; verdict: Disposition['verdict']; file: string | null; source: string }>`
    select g.number, coalesce(g.verdict, g.truth) as verdict, coalesce(d.file, g.truth_file) as file, coalesce(g.label_source, 'analyst') as source
    from threat_groups g left join threat_dispositions d on d.group_id = g.id and d.undone_at is null
    where g.flow = ${flow} and coalesce(g.verdict, g.truth) is not null
    union all select number, coalesce(verdict, truth), coalesce(file, truth_file), coalesce(label_source, 'analyst')
    from threat_gone_labels where flow = ${flow}`.execute(store.db<ThreatTables>())
  return new Map(
    rows.rows.map(({ number, verdict, file, source }) => [
      Number(number),
      { verdict, source, ...(file === null ? {} : { file }) },
    ]),
  )
}
