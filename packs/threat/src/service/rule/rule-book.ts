import { HOUSE, type Text } from '@dengta/kernel'
import type { CoverageView, ReloadView, RuleDetail, RulePage, RuleQuery, RuleRow, RuleSetView } from '@dengta/sdk'
import { sql, type Transaction } from 'kysely'
import type { AlertDesk } from '../alert/alert-desk.ts'
import { SEVERITIES } from '../incident/incident-rows.ts'
import { storable } from '../storable.ts'
import type { ThreatTables } from '../tables.ts'
import type { ThreatContext } from '../threat-context.ts'
import { threatErrors } from '../threat-errors.ts'
import { readTechniques } from './attack-matrix.ts'
import { coverageOf } from './coverage.ts'
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
  coverage(): Promise<CoverageView>
}

type RuleBookParts = ThreatContext & { readonly alerts: AlertDesk }

/** With the defaults of the query filled in by its schema. */
type FullQuery = RuleQuery & { readonly offset?: number; readonly limit?: number }

export function ruleBook(parts: RuleBookParts): RuleBook {
  const chosen = chosenRules(parts.settings)
  let known: Promise<RuleSetView> | undefined
  const current = (): Promise<RuleSetView> => {
    known ??= read(parts, chosen).catch((error: unknown) => {
      known = undefined
      throw error
    })
    return known
  }
  return {
    chosen,
    current,
    reload: async () => {
      const before = known === undefined ? undefined : (await known).hash
      const next = await read(parts, chosen)
      known = Promise.resolve(next)
      return { ...next, changed: before !== next.hash }
    },
    list: async (query) => {
      await current()
      return listRules(parts, query)
    },
    get: async (id) => {
      await current()
      return ruleDetail(parts, id)
    },
    coverage: async () => {
      await current()
      const entries = await taggedRules(parts)
      return coverageOf(entries, await readTechniques(parts.settings.dataFolder))
    },
  }
}

async function read(parts: RuleBookParts, { source, text }: ChosenRules): Promise<RuleSetView> {
  const set = await readRulesApart(source).catch((error: Error) => {
    throw threatErrors.no_rules({ why: error.message }, error)
  })
  const { report, entries } = set
  if (entries.length === 0) throw threatErrors.no_rules({ why: report.invalid[0]?.reason.en ?? source.path })
  const db = parts.store.db<ThreatTables>()
  const newest = await db.selectFrom('threat_rule_sets').selectAll().orderBy('seq', 'desc').limit(1).executeTakeFirst()
  if (newest?.hash === report.hash) return JSON.parse(newest.body) as RuleSetView
  return parts.store.transaction<ThreatTables, RuleSetView>((tx) =>
    keep(parts, tx, { set, text, licence: source.licence ?? '' }),
  )
}

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
    ...{ id: storable(id), hash, title: storable(title), level, kind, state },
    rank: (SEVERITIES as readonly string[]).indexOf(level),
    product: logSource.product ?? '',
    search: storable([id, title, ...tags].join('\n').toLowerCase(), 4000),
    techniques: `,${techniques.join(',')},`,
    ...{ body: JSON.stringify(entry), yaml: storable(yaml, 70_000) },
  }
}

async function listRules(parts: RuleBookParts, query: FullQuery): Promise<RulePage> {
  const { text, level, product, technique, state, hit, order = 'hits', offset = 0, limit = 50 } = query
  const conditions = [
    ...(text ? [sql`r.search like ${likeOf(text)}`] : []),
    ...(level ? [sql`r.level = ${level}`] : []),
    ...(product ? [sql`r.product = ${product}`] : []),
    ...(technique ? [sql`r.techniques like ${`%,${technique}%`}`] : []),
    ...(state ? [sql`r.state = ${state}`] : []),
    ...(hit ? [hit === 'yes' ? sql`h.hits > 0` : sql`h.hits is null`] : []),
  ]
  const where = conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `)
  const by = {
    hits: sql`coalesce(h.hits, 0) desc, r.title`,
    cost: sql`coalesce(h.hits, 0) desc, r.title`,
    title: sql`r.title`,
    level: sql`r.rank desc, r.title`,
  }[order]
  const from = sql`from threat_rules r left join (${HIT_ROWS}) h on h.rule = r.id where ${where}`
  const db = parts.store.db<ThreatTables>()
  const found =
    await sql<HitRow>`select r.body, h.hits, h.last_hit ${from} order by ${by} offset ${offset} limit ${limit}`.execute(
      db,
    )
  const counted = await sql<{ total: string }>`select count(*) as total ${from}`.execute(db)
  return { rules: found.rows.map(ruleRow), total: Number(counted.rows[0]?.total ?? 0) }
}

/** Hits of every rule. */
const HIT_ROWS = sql`select rule, sum(alerts)::int as hits, max(last_at) as last_hit from threat_hits group by rule`

interface HitRow {
  readonly body: string
  readonly hits: number | null
  readonly last_hit: Date | null
}

const likeOf = (text: string): string => `%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`

function ruleRow({ body, hits, last_hit }: HitRow): RuleRow {
  const {
    id,
    title,
    level,
    version,
    author,
    licence,
    link,
    tags,
    kind,
    state,
    status,
    logSource,
    techniques,
    tactics,
  } = JSON.parse(body) as RuleEntry
  return {
    ...{ id, title, level, version, author, licence, link, tags: [...tags], kind, state, status, logSource },
    ...{ techniques: [...techniques], tactics: [...tactics], hits: hits ?? 0 },
    ...(last_hit === null ? {} : { lastHit: new Date(last_hit).toISOString() }),
  }
}

async function taggedRules(parts: RuleBookParts) {
  const found =
    await sql<HitRow>`select r.body, h.hits, h.last_hit from threat_rules r left join (${HIT_ROWS}) h on h.rule = r.id`.execute(
      parts.store.db<ThreatTables>(),
    )
  return found.rows.map(ruleRow)
}

async function ruleDetail(parts: RuleBookParts, id: string): Promise<RuleDetail> {
  const db = parts.store.db<ThreatTables>()
  const found = await sql<
    HitRow & { yaml: string }
  >`select r.body, r.yaml, h.hits, h.last_hit from threat_rules r left join (${HIT_ROWS}) h on h.rule = r.id where r.id = ${id}`.execute(
    db,
  )
  const [row] = found.rows
  if (!row) throw threatErrors.missing({ what: 'rule', id })
  const entry = JSON.parse(row.body) as RuleEntry
  const days = await db
    .selectFrom('threat_hits')
    .select(['day', 'alerts'])
    .where('rule', '=', id)
    .orderBy('day', 'desc')
    .limit(60)
    .execute()
  const { alerts: latest } = await parts.alerts.list({ rule: id, limit: 10 })
  const { description, falsePositives, references, file, line, readBy } = entry
  return {
    ...ruleRow(row),
    ...{
      description,
      falsePositives: [...falsePositives],
      references: [...references],
      file,
      line,
      readBy: [...readBy],
    },
    ...{ yaml: row.yaml, days: days.reverse(), verdicts: await verdictsOn(parts, entry.title), latest },
  }
}

/** Groups go by the title of what fired. */
async function verdictsOn({ store }: RuleBookParts, title: string): Promise<RuleDetail['verdicts']> {
  const rows = await store
    .db<ThreatTables>()
    .selectFrom('threat_groups')
    .select((eb) => ['verdict', eb.fn.countAll<string>().as('count')])
    .where('signature', '=', storable(title))
    .where('verdict', 'is not', null)
    .groupBy('verdict')
    .execute()
  const count = (verdict: string) => Number(rows.find((each) => each.verdict === verdict)?.count ?? 0)
  return { attack: count('attack'), benign: count('benign'), unclear: count('unclear') }
}
