import { deserialize } from 'node:v8'
import type { Caller } from '@dengta/kernel'
import { sql } from 'kysely'
import type { Case, Disposition, Site } from '../../triage/case.ts'
import type { TriageState } from '../../triage/triage.ts'
import { audit } from '../audit.ts'
import type { ThreatTables } from '../tables.ts'
import type { ThreatContext } from '../threat-context.ts'
import { threatErrors } from '../threat-errors.ts'
import { TRIAGE } from '../triage/triage-finding.ts'
import { learnApart } from './learn-client.ts'
import type { KnownModel, ModelService } from './model-service.ts'

type Parts = ThreatContext & { readonly models: ModelService }

/** Learns a new model for the live flow from the kept cases of every flow with their verdicts; throws `threat.too_few_sites`. */
export async function learnFromVerdicts(parts: Parts, caller: Caller): Promise<KnownModel> {
  const flows = await parts.store.db<ThreatTables>().selectFrom('threat_flows').select(['name', 'checkpoint']).execute()
  const sites: Site[] = []
  let isSimulated = false
  for (const { name, checkpoint } of flows) {
    if (!checkpoint) continue
    const verdicts = await verdictsOf(parts, name)
    if (verdicts.size === 0) continue
    isSimulated ||= [...verdicts.values()].some(({ source }) => source === 'simulated')
    sites.push(siteOf(name, checkpoint, verdicts))
  }
  if (sites.length < 2) throw threatErrors.too_few_sites({ sites: sites.length })
  const model = await parts.models.keep(await learnApart({ sites }), {
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

/** A person's verdict before a published label. */
async function verdictsOf({ store }: Parts, flow: string): Promise<ReadonlyMap<number, Judged>> {
  const rows = await sql<{ number: string; verdict: Disposition['verdict']; file: string | null; source: string }>`
    select g.number, coalesce(g.verdict, g.truth) as verdict, coalesce(d.file, g.truth_file) as file, coalesce(g.label_source, 'analyst') as source
    from threat_groups g left join threat_dispositions d on d.group_id = g.id and d.undone_at is null
    where g.flow = ${flow} and coalesce(g.verdict, g.truth) is not null`.execute(store.db<ThreatTables>())
  return new Map(
    rows.rows.map(({ number, verdict, file, source }) => [
      Number(number),
      { verdict, source, ...(file === null ? {} : { file }) },
    ]),
  )
}

function siteOf(name: string, checkpoint: Uint8Array, verdicts: ReadonlyMap<number, Judged>): Site {
  const stages = deserialize(checkpoint) as Record<string, { readonly triage: TriageState }>
  const cases = (stages[TRIAGE]?.triage.cases ?? []).map((kept): Case => {
    const { verdict, file } = verdicts.get(kept.number) ?? {}
    const disposition = verdict === undefined ? undefined : { verdict, ...(file === undefined ? {} : { file }) }
    return { ...kept, facts: Float64Array.from(kept.facts), around: Int32Array.from(kept.around), disposition }
  })
  return { name, cases }
}
