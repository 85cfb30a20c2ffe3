import { AppError, HOUSE, type Text } from '@dengta/kernel'
import type { CoverageView, FilterDraft, ReloadView, RuleDetail, RulePage, RuleQuery, RuleSetView } from '@dengta/sdk'
import type { Transaction } from 'kysely'
import { SEVERITIES } from '../../incident/severities.ts'
import type { AlertDesk } from '../alert/alert-desk.ts'
import { storable } from '../storable.ts'
import type { ThreatTables } from '../tables.ts'
import type { ThreatContext } from '../threat-context.ts'
import { threatErrors } from '../threat-errors.ts'
import { readTechniques } from './attack-matrix.ts'
import type { CostDesk } from './cost-desk.ts'
import { coverageOf } from './coverage.ts'
import { filterFor } from './filter-desk.ts'
import { listRules, ruleDetail, taggedRules } from './rule-list.ts'
import { readRulesApart } from './rule-reader-client.ts'
import type { ReadRuleSet, RuleEntry } from './rule-rows.ts'
import { type ChosenRules, chosenRules } from './rule-source.ts'

/** The rule set as the pages show it; read when first asked for, not at the start of the house. */
export interface RuleBook {
  readonly chosen: ChosenRules
  /** Throws `threat.no_rules`. */
  current(): Promise<RuleSetView>
  reload(): Promise<ReloadView>
  list(query: RuleQuery): Promise<RulePage>
  get(id: string): Promise<RuleDetail>
  /** Drafted from verdicts. Throws `threat.missing`. */
  filter(id: string): Promise<FilterDraft>
  coverage(): Promise<CoverageView>
}

type RuleBookParts = ThreatContext & { readonly alerts: AlertDesk; readonly costs: Pick<CostDesk, 'figures'> }

export function ruleBook(parts: RuleBookParts): RuleBook {
  const chosen = chosenRules(parts.settings)
  let known: Promise<RuleSetView> | undefined
  const loaded = (): Promise<RuleSetView> => {
    known ??= read(parts, chosen).catch((error: unknown) => {
      known = undefined
      throw error
    })
    return known
  }
  const figures = async () => parts.costs.figures((await loaded()).hash)
  return {
    chosen,
    current: async () => {
      const off = [...(await figures())].filter(([, { quarantine }]) => quarantine !== undefined)
      return { ...(await loaded()), quarantined: off.map(([id]) => id) }
    },
    reload: async () => {
      const before = known === undefined ? undefined : (await known).hash
      const next = await read(parts, chosen)
      known = Promise.resolve(next)
      return { ...next, changed: before !== next.hash }
    },
    list: async (query) => listRules(parts, query, await figures()),
    get: async (id) => ruleDetail(parts, id, await figures()),
    filter: (id) => filterFor(parts, id),
    coverage: async () => {
      await loaded()
      const entries = await taggedRules(parts)
      return coverageOf(entries, await readTechniques(parts.settings.dataFolder))
    },
  }
}

async function read(parts: RuleBookParts, { source, text }: ChosenRules): Promise<RuleSetView> {
  const set = await readRulesApart(source).catch((error: Error) => {
    throw threatErrors.no_rules({ why: error instanceof AppError ? error.text : error.message }, error)
  })
  const { report, entries } = set
  if (entries.length === 0) throw threatErrors.no_rules({ why: report.invalid[0]?.reason ?? source.path })
  const db = parts.store.db<ThreatTables>()
  const newest = await db.selectFrom('threat_rule_sets').selectAll().orderBy('seq', 'desc').limit(1).executeTakeFirst()
  if (newest?.hash === report.hash) return { ...(JSON.parse(newest.body) as RuleSetView), idle: idleOf(report) }
  return parts.store.transaction<ThreatTables, RuleSetView>((tx) =>
    keep(parts, tx, { set, text, licence: source.licence ?? '' }),
  )
}

const idleOf = ({ idle }: ReadRuleSet['report']): RuleSetView['idle'] => idle.map((each) => ({ ...each }))

interface Kept {
  readonly set: ReadRuleSet
  readonly text: Text
  readonly licence: string
}

async function keep(
  { ledger, clock }: RuleBookParts,
  tx: Transaction<ThreatTables>,
  { set, text, licence }: Kept,
): Promise<RuleSetView> {
  const { report, entries, seconds } = set
  const { hash, rules, correlations, filters, invalid, byLogSource } = report
  const loadedAt = clock.now()
  const counts = { rules, correlations, filters }
  const { id: record } = await ledger.append(tx, {
    ...{
      kind: 'rule-set',
      actor: HOUSE,
      subjects: [{ name: `rule-set:${hash.slice(0, 12)}`, digest: { sha256: hash } }],
    },
    predicate: { basis: [], hash, source: text.en, licence, ...counts, refused: invalid.length },
  })
  const view: RuleSetView = {
    ...{ hash, source: text, licence, loadedAt: loadedAt.toISOString(), seconds, ...counts, record, quarantined: [] },
    refused: invalid.map((each) => ({ ...each })),
    idle: idleOf(report),
    byLogSource: byLogSource.map((each) => ({ ...each })),
  }
  await tx
    .insertInto('threat_rule_sets')
    .values({ hash, loaded_at: loadedAt, body: JSON.stringify(view) })
    .execute()
  await tx.deleteFrom('threat_rules').execute()
  for (let from = 0; from < entries.length; from += ROWS) {
    const rows = entries.slice(from, from + ROWS).map((entry) => rowOf(hash, entry))
    await tx
      .insertInto('threat_rules')
      .values(rows)
      .onConflict((on) => on.doNothing())
      .execute()
  }
  return view
}

const ROWS = 1000

function rowOf(hash: string, { yaml, ...entry }: RuleEntry) {
  const { id, title, level, kind, state, logSource, tags, techniques } = entry
  return {
    ...{ id: storable(id), hash, title: storable(title), level: storable(level), kind, state },
    rank: (SEVERITIES as readonly string[]).indexOf(level),
    product: storable(logSource.product ?? ''),
    search: storable([id, title, ...tags].join('\n').toLowerCase(), 4000),
    techniques: `,${techniques.join(',')},`,
    ...{ body: JSON.stringify(entry), yaml: storable(yaml, 70_000) },
  }
}
