import type { RuleDetail, RulePage, RuleQuery, RuleRow } from '@dengta/sdk'
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
    left join (${costRows(figures)}) c on c.rule = r.id where ${whereOf(query)}`
  const found =
    await sql<FoundRule>`select r.body, h.hits, h.last_hit ${from} order by ${ORDERS[order]} offset ${offset} limit ${limit}`.execute(
      db,
    )
  const counted = await sql<{ total: string }>`select count(*) as total ${from}`.execute(db)
  return { rules: found.rows.map((row) => ruleRow(row, figures)), total: Number(counted.rows[0]?.total ?? 0) }
}

const ORDERS = {
  hits: sql`coalesce(h.hits, 0) desc, r.title`,
  cost: sql`coalesce(c.off, false) desc, c.milliseconds desc nulls last, r.title`,
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

/** What the detectors keep of rules, as rows: `off` where one of them has put the rule away. */
function costRows(figures: LiveFigures): RawBuilder<unknown> {
  const rows = [...figures].map(([id, { milliseconds, quarantine }]) => ({
    ...{ rule: storable(id), milliseconds, off: quarantine !== undefined },
  }))
  return sql`select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
    as costs(rule text, milliseconds double precision, off boolean)`
}

const likeOf = (text: string): string => `%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`

function ruleRow({ body, hits, last_hit }: FoundRule, figures: LiveFigures): RuleRow {
  const entry = JSON.parse(body) as RuleEntry
  const { id, title, level, version, author, licence, link, tags, kind, state, status, logSource } = entry
  const { cost, quarantine }: Partial<LiveRule> = figures.get(id) ?? {}
  return {
    ...{ id, title, level, version, author, licence, link, tags: [...tags], kind, status, logSource },
    ...{ techniques: [...entry.techniques], tactics: [...entry.tactics], hits: hits ?? 0 },
    ...(last_hit === null ? {} : { lastHit: new Date(last_hit).toISOString() }),
    ...(cost ? { cost } : {}),
    ...(quarantine ? { state: 'quarantined', quarantine } : { state }),
  }
}

/** Every rule with its hits, for the matrix. */
export async function taggedRules({ store }: Pick<RuleListParts, 'store'>): Promise<readonly RuleRow[]> {
  const found =
    await sql<FoundRule>`select r.body, h.hits, h.last_hit from threat_rules r left join (${HIT_ROWS}) h on h.rule = r.id`.execute(
      store.db<ThreatTables>(),
    )
  return found.rows.map((row) => ruleRow(row, NO_FIGURES))
}

const NO_FIGURES: LiveFigures = new Map()

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
    ...ruleRow(row, figures),
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

/** Groups go by the title of what fired; those that are no longer kept count too. */
async function verdictsOn({ store }: RuleListParts, title: string): Promise<RuleDetail['verdicts']> {
  const { rows } = await sql<{ verdict: string; count: string }>`
    select verdict, count(*) as count from (
      select verdict from threat_groups where signature = ${storable(title)}
      union all select verdict from threat_gone_labels where signature = ${storable(title)}
    ) as each where verdict is not null group by verdict`.execute(store.db<ThreatTables>())
  const count = (verdict: string) => Number(rows.find((each) => each.verdict === verdict)?.count ?? 0)
  return { attack: count('attack'), benign: count('benign'), unclear: count('unclear') }
}
