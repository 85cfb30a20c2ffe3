import type { RiskQuery, RiskView } from '@dengta/sdk'
import { type RawBuilder, sql } from 'kysely'
import { DRIFT_WINDOW, hasDrifted, shiftOf } from '../../triage/drift.ts'
import { BOUNDS } from '../../triage/guard.ts'
import type { KnownModel, ModelService } from '../model/model-service.ts'
import { untaught } from '../model/model-service.ts'
import { COUNTED_GROUPS, OPENED_INCIDENTS } from '../retention/counted-groups.ts'
import { keptText } from '../retention/kept-text.ts'
import type { ThreatTables } from '../tables.ts'
import type { ThreatContext, ThreatSettings } from '../threat-context.ts'
import { figuresOf, type RiskCounts } from './risk.ts'

export interface RiskDesk {
  risk(query: RiskQuery): Promise<RiskView>
  /** Counts of one flow. */
  counts(flow: string): Promise<RiskCounts>
}

interface Parts extends Pick<ThreatContext, 'store'> {
  readonly models: ModelService
  readonly retention?: ThreatSettings['retention']
}

export function riskDesk(parts: Parts): RiskDesk {
  return {
    risk: (query) => risk(parts, query),
    counts: (flow) => countsWhere(parts, sql`flow = ${flow}`),
  }
}

async function risk(parts: Parts, { network }: RiskQuery): Promise<RiskView> {
  const db = parts.store.db<ThreatTables>()
  const networks = (
    await sql<{ network: string }>`select network from (select network, seq from threat_groups
      union all select network, 0 from threat_gone_labels union all select network, 0 from threat_gone_counts) as each
      group by network order by max(seq) desc`.execute(db)
  ).rows
  const chosen = network ?? networks[0]?.network
  const where = chosen === undefined ? sql`false` : sql`network = ${chosen}`
  const counts = await countsWhere(parts, where)
  const newest = await sql<{
    model: string
  }>`select model from threat_groups where ${where} order by seq desc limit 1`.execute(db)
  const model = (newest.rows[0] && (await parts.models.find(newest.rows[0].model))) ?? untaught()
  const { guard } = model.knowledge
  const { id, learntAt, sites, record } = model.version
  return {
    networks: [...new Set([...(chosen === undefined ? [] : [chosen]), ...networks.map((each) => each.network)])],
    guard: {
      ...{ proven: guard.proven, confidence: BOUNDS.confidence },
      ...(guard.proven
        ? { threshold: guard.threshold, reasons: guard.noisy ? [{ ...guard.noisy }] : [] }
        : { reasons: guard.reasons.map((each) => ({ ...each })) }),
    },
    ...figuresOf(counts, model),
    labels: await labelsOf(parts, where, counts),
    drift: await driftOf(parts, where, model),
    model: { id, learntAt, sites: sites.map((site) => ({ ...site })), ...(record === undefined ? {} : { record }) },
    days: await daysOf(parts, where),
    ...{ text: HOW, kept: await keptText(parts.store, parts.retention) },
  }
}

const HOW = {
  en: 'Automatic: closed or suppressed without a look, of all decided groups (and of their alerts). False alarm: a benign group that people were shown, of all benign groups; a false incident: one whose groups were all benign, of the incidents with a verdict. Missed: an attack step of which no group was shown. A verdict of a person comes before a published label.',
  zh: '自动处置：无人查看即关闭或抑制的告警组占全部已决定组（及其告警）的比例。误报：展示给人员的正常组占全部正常组的比例；误报事件：所有告警组均为正常的安全事件，占已有结论的安全事件的比例。漏报：没有任何告警组展示给人员的攻击步骤。人员结论优先于公开标签。',
}

/** What a verdict or else a published label says; an unclear one says nothing. */
const LABEL = sql`coalesce(verdict, truth)`
const SHOWN = sql`action in ('escalate', 'hand_over')`

async function countsWhere({ store }: Parts, where: RawBuilder<unknown>): Promise<RiskCounts> {
  const db = store.db<ThreatTables>()
  const groups = await sql<Record<string, string | null>>`
    select sum(n) as groups, sum(n) filter (where not ${SHOWN}) as automatic,
      sum(alerts) as alerts, sum(alerts) filter (where not ${SHOWN}) as automatic_alerts,
      count(*) filter (where ${LABEL} in ('attack', 'benign')) as judged,
      count(*) filter (where ${LABEL} = 'benign') as benign,
      count(*) filter (where ${LABEL} = 'benign' and ${SHOWN}) as benign_shown,
      sum(n) filter (where action = 'hand_over') as handed_over
    from ${COUNTED_GROUPS} where ${where}`.execute(db)
  const steps = await sql<{ steps: string; found: string }>`
    select count(*) as steps, count(*) filter (where found) as found from (
      select bool_or(${SHOWN}) as found from ${COUNTED_GROUPS}
      where ${where} and ${LABEL} = 'attack' group by network, coalesce(truth_file, id)) as step`.execute(db)
  const incidents = await sql<Record<string, string>>`
    select count(*) as incidents, count(*) filter (where attack or wrong) as judged, count(*) filter (where wrong) as wrong from (
      select coalesce(bool_or(${LABEL} = 'attack'), false) as attack, bool_and(coalesce(${LABEL}, '') = 'benign') as wrong
      from ${COUNTED_GROUPS}
      where ${where} and incident in ${OPENED_INCIDENTS} group by incident) as each`.execute(db)
  const row = groups.rows[0] ?? {}
  const number = (name: string) => Number(row[name] ?? 0)
  const { steps: all = '0', found = '0' } = steps.rows[0] ?? {}
  return {
    ...{
      groups: number('groups'),
      automaticGroups: number('automatic'),
      alerts: number('alerts'),
      automaticAlerts: number('automatic_alerts'),
    },
    ...{
      judged: number('judged'),
      benign: number('benign'),
      benignShown: number('benign_shown'),
      handedOver: number('handed_over'),
    },
    ...{ steps: Number(all), stepsMissed: Number(all) - Number(found) },
    incidents: Number(incidents.rows[0]?.incidents ?? 0),
    ...{
      judgedIncidents: Number(incidents.rows[0]?.judged ?? 0),
      falseIncidents: Number(incidents.rows[0]?.wrong ?? 0),
    },
  }
}

async function labelsOf(
  { store }: Parts,
  where: RawBuilder<unknown>,
  { judged, groups }: RiskCounts,
): Promise<RiskView['labels']> {
  const found = await sql<{
    source: string | null
  }>`select label_source as source from ${COUNTED_GROUPS} where ${where} and truth is not null limit 1`.execute(
    store.db<ThreatTables>(),
  )
  const kind =
    found.rows[0]?.source === 'simulated'
      ? 'simulated'
      : found.rows[0]?.source === 'published'
        ? 'published'
        : judged > 0
          ? 'analyst'
          : 'none'
  return { kind, text: LABELS[kind], judged, notJudged: groups - judged }
}

const LABELS = {
  analyst: {
    en: 'verdicts of people on groups they were shown: misses among closed groups are not seen',
    zh: '人员对所展示告警组的结论：已关闭组中的漏报无从得知',
  },
  published: { en: 'labels published with the data', zh: '随数据公开的标签' },
  simulated: { en: 'SIMULATED data: labels of our own making', zh: '模拟数据：标签由本套件生成' },
  none: { en: 'no verdicts yet', zh: '尚无结论' },
}

async function driftOf(
  { store }: Parts,
  where: RawBuilder<unknown>,
  { knowledge: { baseline } }: KnownModel,
): Promise<RiskView['drift']> {
  const found = await sql<{
    signature: string
  }>`select signature from threat_groups where ${where} order by seq desc limit ${DRIFT_WINDOW}`.execute(
    store.db<ThreatTables>(),
  )
  const limits = { signatures: baseline.limit.signatures, unknown: baseline.limit.unknown }
  if (found.rows.length < DRIFT_WINDOW) return { state: 'too_few', limits, text: DRIFT.too_few }
  const shift = shiftOf(found.rows, baseline.shares)
  const state = hasDrifted(shift, baseline) ? 'shifted' : 'steady'
  return { state, signatures: shift.signatures, unknown: shift.unknown, limits, text: DRIFT[state] }
}

const DRIFT = {
  steady: { en: 'the alerts of late are like those learnt from', zh: '近期告警与学习样本相近' },
  shifted: {
    en: 'the alerts of late are unlike those learnt from: people decide',
    zh: '近期告警与学习样本差异过大：由人员决定',
  },
  too_few: { en: 'fewer than 400 groups: too few to tell', zh: '不足 400 个告警组，尚无法判断' },
}

async function daysOf({ store }: Parts, where: RawBuilder<unknown>): Promise<RiskView['days']> {
  const found = await sql<Record<string, string>>`
    select day, sum(n) as groups,
      sum(n) filter (where not ${SHOWN}) as automatic, sum(n) filter (where action = 'escalate') as escalated,
      sum(n) filter (where action = 'hand_over') as handed_over,
      sum(n) filter (where ${SHOWN} and ${LABEL} = 'benign') as wrong
    from ${COUNTED_GROUPS} where ${where} group by day order by day desc limit 60`.execute(store.db<ThreatTables>())
  return found.rows.reverse().map((row) => ({
    ...{
      day: row.day ?? '',
      groups: Number(row.groups),
      automatic: Number(row.automatic),
      escalated: Number(row.escalated),
    },
    ...{ handedOver: Number(row.handed_over), falseAlarms: Number(row.wrong) },
  }))
}
