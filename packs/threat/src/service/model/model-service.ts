import { HOUSE } from '@dengta/kernel'
import type { Selectable } from 'kysely'
import { BOUNDS } from '../../triage/guard.ts'
import { type Knowledge, learn } from '../../triage/triage.ts'
import type { ThreatTables } from '../tables.ts'
import type { ThreatContext } from '../threat-context.ts'
import { readKnowledge, writeKnowledge } from './knowledge-file.ts'
import type { Learnt, SiteSummary } from './learn-task.ts'

/** A learnt model as the house knows it. */
interface ModelVersion {
  readonly id: string
  readonly learntAt: string
  readonly origin: 'real' | 'simulated'
  readonly sites: readonly SiteSummary[]
  readonly record?: string
  /** Learnt from verdicts of people, and so from groups that they were shown. Not known of a model of before. */
  readonly fromPeople?: boolean
}

/** `use`: a replay's model has not seen the network that it is tried on; the live one has seen everything. */
interface ModelAbout {
  readonly origin: 'real' | 'simulated'
  readonly use: 'live' | 'replay'
  readonly fromPeople?: boolean
}

export interface KnownModel {
  readonly version: ModelVersion
  readonly knowledge: Knowledge
}

export interface ModelService {
  /** Keeps what was learnt as a new version, with its record. */
  keep(learnt: Learnt, about: ModelAbout): Promise<KnownModel>
  /** The newest model that was learnt for the live flow, or one that has learnt nothing. */
  live(): Promise<KnownModel>
  find(id: string): Promise<KnownModel | undefined>
}

/** Before anything is learnt: nothing is proven, people decide. */
export function untaught(): KnownModel {
  return {
    version: { id: 'untaught', learntAt: new Date(0).toISOString(), origin: 'real', sites: [] },
    knowledge: learn([]),
  }
}

export function modelService({
  store,
  ledger,
  clock,
  ids,
}: Pick<ThreatContext, 'store' | 'ledger' | 'clock' | 'ids'>): ModelService {
  const models = () => store.db<ThreatTables>().selectFrom('threat_models').selectAll().limit(1)
  let last: KnownModel | undefined
  /** A model never changes: the one that a page looks at again and again is read once. */
  const read = async (row: ModelRow | undefined): Promise<KnownModel | undefined> => {
    if (!row || row.id === last?.version.id) return row && last
    const said = JSON.parse(row.summary) as Pick<ModelVersion, 'origin' | 'sites' | 'fromPeople'>
    const { origin, sites, fromPeople = false } = said
    const knowledge = readKnowledge(await store.blobs.get(row.file))
    const version = { id: row.id, learntAt: row.learnt_at.toISOString(), origin, sites, record: row.record, fromPeople }
    last = { version, knowledge }
    return last
  }
  return {
    keep: async ({ knowledge, sites }, { origin, use, fromPeople = false }) => {
      const id = ids.next('model')
      const learnt_at = clock.now()
      const { digest } = await store.blobs.put(writeKnowledge(knowledge))
      const record = await store.transaction<ThreatTables, string>(async (tx) => {
        const subjects = [{ name: `triage-model:${id}`, digest: { sha256: digest } }]
        const predicate = {
          basis: [],
          model: id,
          origin,
          sites: [...sites],
          bounds: accepted(),
          ...proofOf(knowledge),
          file: digest,
        }
        const made = await ledger.append(tx, { kind: 'triage-model', actor: HOUSE, subjects, predicate })
        const summary = JSON.stringify({ use, origin, sites, fromPeople })
        await tx.insertInto('threat_models').values({ id, summary, file: digest, record: made.id, learnt_at }).execute()
        return made.id
      })
      return { version: { id, learntAt: learnt_at.toISOString(), origin, sites, record, fromPeople }, knowledge }
    },
    find: async (id) => (id === 'untaught' ? untaught() : read(await models().where('id', '=', id).executeTakeFirst())),
    live: async () => {
      const row = await models().where('summary', 'like', '{"use":"live"%').orderBy('seq', 'desc').executeTakeFirst()
      return (await read(row)) ?? untaught()
    },
  }
}

type ModelRow = Selectable<ThreatTables['threat_models']>

const accepted = () => ({ falseAlarms: BOUNDS.falseAlarms, missed: BOUNDS.missed, confidence: BOUNDS.confidence })

function proofOf({ guard }: Knowledge) {
  if (!guard.proven) return {}
  const share = ({ successes, trials, upper }: typeof guard.missed) => ({ count: successes, of: trials, upper })
  return { proof: { threshold: guard.threshold, falseAlarms: share(guard.falseAlarms), missed: share(guard.missed) } }
}
