import { HOUSE } from '@dengta/kernel'
import { sql } from 'kysely'
import { responseFacts } from '../../respond/response-facts.ts'
import type { ThreatTables } from '../tables.ts'
import type { ThreatContext } from '../threat-context.ts'
import { sqlRunStore } from './sql-run-store.ts'

type Parts = Pick<ThreatContext, 'store' | 'ledger'>

/**
 * Puts on record what happened in a run and is not on record yet; what a crash left out is made good the next time. Of two who
 * do so at once the second waits.
 */
export async function recordFacts({ store, ledger }: Parts, id: string): Promise<void> {
  const runs = sqlRunStore(store)
  const run = await runs.find(id)
  if (!run) return
  const facts = responseFacts(run, await runs.journal(id))
  await store.transaction<ThreatTables, void>(async (tx) => {
    await tx.selectFrom('threat_runs').select('id').where('id', '=', id).forUpdate().execute()
    const known = new Set(
      (await tx.selectFrom('threat_run_facts').select('fact').where('run', '=', id).execute()).map(({ fact }) => fact),
    )
    for (const fact of facts) {
      if (known.has(fact.id)) continue
      const { playbook, step, phase, event, requester, approvers, result, inputs, answer, milliseconds } = fact
      const { id: record } = await ledger.append(tx, {
        ...{
          kind: 'response-step',
          actor: HOUSE,
          subjects: [{ name: `playbook:${playbook.id}`, digest: { sha256: playbook.digest } }],
        },
        predicate: {
          ...{
            basis: [],
            fact: fact.id,
            run: id,
            playbook: { ...playbook },
            step,
            phase,
            event,
            requester,
            approvers: [...approvers],
          },
          ...{ by: fact.actor, result: result.slice(0, 200), happened: fact.at },
          ...(inputs === undefined ? {} : { inputs }),
          ...(answer === undefined ? {} : { answer }),
          ...(milliseconds === undefined ? {} : { milliseconds }),
        },
      })
      await tx.insertInto('threat_run_facts').values({ fact: fact.id, run: id, record }).execute()
    }
  })
}

export async function recordsOf({ store }: Pick<ThreatContext, 'store'>, run: string): Promise<string[]> {
  const rows = await store
    .db<ThreatTables>()
    .selectFrom('threat_run_facts')
    .select('record')
    .where('run', '=', run)
    .orderBy(sql`length(fact)`) // a fact ends with its line of the journal: 10 comes behind 9
    .orderBy('fact')
    .execute()
  return rows.map(({ record }) => record)
}
