import type { RuleDetail, RulePage, RuleQuery, RuleRow, RuleVerdicts } from '@dengta/sdk'
import type { Store } from '@dengta/store'
import { type RawBuilder, sql } from 'kysely'
import type { AlertDesk } from '../alert/alert-desk.ts'
import { storable } from '../storable.ts'
import type { ThreatTables } from '../tables.ts'
import { threatErrors } from '../threat-errors.ts'
import type { LiveFigures, LiveRule } from './live-figures.ts'
import type { RuleEntry } from './rule-rows.ts'

/** With the defaults of the query filled in by its schema. */
type FullQuery = RuleQuery & { readonly offset?: number; readonly limit?: number }

interface RuleListParts {
  readonly store: Store
  readonly alerts: AlertDesk
}

interface FoundRule {
  readonly body: string
  readonly hits: number | null
  readonly last_hit: Date | string | null
}

/** A page of rules with their hits and what they cost the live flow. */
export async function listRules({ store }: RuleListParts, query: FullQuery, figures: LiveFigures): Promise<RulePage> {
  const { order = 'hits', offset = 0, limit = 50 } = query
  const db = store.db<ThreatTables>()
  const from = sql`from threat_rules r left join (${HIT_ROWS}) h on h.rule = r.id
    left join (${costRows(figures)}) c on c.rule = r.id
    ${order === 'noise' ? NOISE_JOIN : sql``} where ${whereOf(query)}`
  const found =
    await sql<FoundRule>`select r.body, h.hits, h.last_hit ${from} order by ${ORDERS[order]} offset ${offset} limit ${limit}`.execute(
      db,
    )
  const counted = await sql<{ total: string }>`select count(*) as total ${from}`.execute(db)
  const verdicts = await verdictsOn(
    { store },
    found.rows.map(({ body }) => (JSON.parse(body) as RuleEntry).title),
  )
  const rules = found.rows.map((row) => ruleRow(row, { figures, verdicts }))
  return { rules, total: Number(counted.rows[0]?.total ?? 0) }
}

const ORDERS = {
  hits: sql`coalesce(h.hits, 0) desc, r.title`,
  cost: sql`coalesce(c.off, false) desc, c.milliseconds desc nulls last, r.title`,
  noise: sql`coalesce(n.benign, 0) desc, r.title`,
  title: sql`r.title`,
  level: sql`r.rank desc, r.title`,
} as const

function whereOf({ text, level, product, technique, state, hit }: FullQuery): RawBuilder<unknown> {
  const conditions = [
    ...(text ? [sql`r.search like ${likeOf(text)}`] : []),
    ...(level ? [sql`r.level = ${level}`] : []),
    ...(product ? [sql`r.product = ${product}`] : []),
    ...(technique ? [sql`r.techniques like ${`%,${technique}%`}`] : []),
    ...(state === 'quarantined' ? [sql`c.off`] : []),
    ...(state && state !== 'quarantined' ? [sql`r.state = ${state} and c.off is not true`] : []),
    ...(hit ? [hit === 'yes' ? sql`h.hits > 0` : sql`h.hits is null`] : []),
  ]
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `)
}

/** Hits of every rule. */
const HIT_ROWS = sql`select rule, sum(alerts)::float8 as hits, max(last_at) as last_hit from threat_hits group by rule`

/** Groups go by the title of what fired; those that are no longer kept count too. */
const JUDGED = sql`select signature, verdict from threat_groups where verdict is not null
  union all select signature, verdict from threat_gone_labels where verdict is not null`

const NOISE_JOIN = sql`left join (select signature, count(*) as benign from (${JUDGED}) as judged
  where verdict = 'benign' group by signature) n on n.signature = r.title`

/** What the detectors keep of rules, as rows: `off` where one of them has put the rule away. */
function costRows(figures: LiveFigures): RawBuilder<unknown> {
  const rows = [...figures].map(([id, { milliseconds, quarantine }]) => ({
    ...{ rule: storable(id), milliseconds, off: quarantine !== undefined },
  }))
  return sql`select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
    as costs(rule text, milliseconds double precision, off boolean)`
}

const likeOf = (text: string): string => `%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`

interface Beside {
  readonly figures: LiveFigures
  /** By title. */
  readonly verdicts: ReadonlyMap<string, RuleVerdicts>
}

function ruleRow({ body, hits, last_hit }: FoundRule, { figures, verdicts }: Beside): RuleRow {
  const entry = JSON.parse(body) as RuleEntry
  const { id, title, level, version, author, licence, link, tags, kind, state, status, logSource } = entry
  const { cost, quarantine }: Partial<LiveRule> = figures.get(id) ?? {}
  return {
    ...{ id, title, level, version, author, licence, link, tags: [...tags], kind, status, logSource },
    ...{ techniques: [...entry.techniques], tactics: [...entry.tactics], hits: hits ?? 0 },
    verdicts: verdicts.get(storable(title)) ?? NO_VERDICTS,
    ...(last_hit === null ? {} : { lastHit: new Date(last_hit).toISOString() }),
    ...(cost ? { cost } : {}),
    ...(quarantine ? { state: 'quarantined', quarantine } : { state }),
  }
}

/** Every rule with its hits, for the matrix; without cost and verdicts. */
export async function taggedRules({ store }: Pick<RuleListParts, 'store'>): Promise<readonly RuleRow[]> {
  const found =
    await sql<FoundRule>`select r.body, h.hits, h.last_hit from threat_rules r left join (${HIT_ROWS}) h on h.rule = r.id`.execute(
      store.db<ThreatTables>(),
    )
  return found.rows.map((row) => ruleRow(row, NOTHING_BESIDE))
}

const NOTHING_BESIDE: Beside = { figures: new Map(), verdicts: new Map() }
const NO_VERDICTS: RuleVerdicts = { attack: 0, benign: 0, unclear: 0 }

/** The rule as it was read; throws `threat.missing`. */
export async function ruleEntry({ store }: Pick<RuleListParts, 'store'>, id: string): Promise<Omit<RuleEntry, 'yaml'>> {
  const row = await store
    .db<ThreatTables>()
    .selectFrom('threat_rules')
    .select('body')
    .where('id', '=', storable(id))
    .executeTakeFirst()
  if (!row) throw threatErrors.missing({ what: 'rule', id })
  return JSON.parse(row.body) as Omit<RuleEntry, 'yaml'>
}

/** Throws `threat.missing`. */
export async function ruleDetail(parts: RuleListParts, id: string, figures: LiveFigures): Promise<RuleDetail> {
  const db = parts.store.db<ThreatTables>()
  const found = await sql<
    FoundRule & { yaml: string }
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
    ...ruleRow(row, { figures, verdicts: await verdictsOn(parts, [entry.title]) }),
    ...{
      description,
      falsePositives: [...falsePositives],
      references: [...references],
      file,
      line,
      readBy: [...readBy],
    },
    ...{ yaml: row.yaml, days: days.reverse(), latest },
  }
}

/** Verdicts by title, of these titles. */
async function verdictsOn(
  { store }: Pick<RuleListParts, 'store'>,
  titles: readonly string[],
): Promise<ReadonlyMap<string, RuleVerdicts>> {
  const counts = new Map<string, Record<keyof RuleVerdicts, number>>()
  if (titles.length === 0) return counts
  const { rows } = await sql<{ signature: string; verdict: keyof RuleVerdicts; count: string }>`
    select signature, verdict, count(*) as count from (${JUDGED}) as judged
    where signature in (${sql.join(titles.map((title) => storable(title)))})
    group by signature, verdict`.execute(store.db<ThreatTables>())
  for (const { signature, verdict, count } of rows)
    counts.set(signature, { ...(counts.get(signature) ?? NO_VERDICTS), [verdict]: Number(count) })
  return counts
}
