import { fillText, saidCount } from '@dengta/kernel'
import type { RiskQuery, RiskView } from '@dengta/sdk'
import { type RawBuilder, sql } from 'kysely'
import { DRIFT_WINDOW, hasDrifted, shiftOf } from '../../triage/drift.ts'
import { BOUNDS } from '../../triage/guard.ts'
import type { KnownModel, ModelService } from '../model/model-service.ts'
import { untaught } from '../model/model-service.ts'
import { COUNTED_GROUPS } from '../retention/counted-groups.ts'
import { keptText } from '../retention/kept-text.ts'
import type { ThreatTables } from '../tables.ts'
import type { ThreatContext, ThreatSettings } from '../threat-context.ts'
import { knownNetworks, newestFlow } from './known-networks.ts'
import { figuresOf, type RiskCounts } from './risk.ts'
import { riskCounts } from './risk-counts.ts'

export interface RiskDesk {
  risk(query: RiskQuery): Promise<RiskView>
  /** Counts of one flow of a network. */
  counts(network: string, flow: string): Promise<RiskCounts>
}

interface Parts extends Pick<ThreatContext, 'store'> {
  readonly models: ModelService
  readonly retention?: ThreatSettings['retention']
}

export function riskDesk(parts: Parts): RiskDesk {
  return {
    risk: (query) => risk(parts, query),
    counts: async (network, flow) =>
      (await riskCounts(parts.store.db(), sql`network = ${network} and flow = ${flow}`)).counts,
  }
}

async function risk(parts: Parts, { network }: RiskQuery): Promise<RiskView> {
  const db = parts.store.db<ThreatTables>()
  const networks = await knownNetworks(db)
  const chosen = network ?? networks[0]
  const where = chosen === undefined ? sql`false` : within(chosen, await newestFlow(db, chosen))
  const { counts, days } = await riskCounts(db, where)
  const newest = await sql<{
    model: string
  }>`select model from threat_groups where ${where} order by seq desc limit 1`.execute(db)
  const model = (newest.rows[0] && (await parts.models.find(newest.rows[0].model))) ?? untaught()
  const { id, learntAt, sites, record } = model.version
  const labels = await labelsOf(parts, where, counts)
  return {
    networks: [...new Set([...(chosen === undefined ? [] : [chosen]), ...networks])],
    guard: guardView(model),
    ...figuresOf(counts, model, labels.kind),
    labels,
    drift: await driftOf(parts, where, model),
    model: { id, learntAt, sites: sites.map((site) => ({ ...site })), ...(record === undefined ? {} : { record }) },
    days,
    ...{ text: HOW, kept: await keptText(parts.store, parts.retention) },
  }
}

/** What is proven, and what is not beside it. */
function guardView({ knowledge: { guard }, version: { sites, fromPeople } }: KnownModel): RiskView['guard'] {
  const { confidence } = BOUNDS
  if (!guard.proven) return { proven: false, confidence, reasons: guard.reasons.map((each) => ({ ...each })) }
  const sum = (of: 'judged' | 'cases') => saidCount(sites.reduce((all, site) => all + site[of], 0))
  const ofShown = fromPeople ? [fillText(OF_SHOWN, { judged: sum('judged'), cases: sum('cases') })] : []
  const reasons = [...(guard.noisy ? [{ ...guard.noisy }] : []), ...ofShown]
  return { proven: true, confidence, threshold: guard.threshold, reasons }
}

const OF_SHOWN = {
  en: 'proven of groups that people judged, {judged} of {cases} learnt from, mostly ones that they were shown: of attacks among groups closed unseen nothing is proven',
  zh: '仅就人员判定过的告警组得到证明（学习所用 {cases} 组中的 {judged} 组，多为展示给人员的组）：对未经查看即关闭的组中的攻击未证明任何结论',
}

/** Unlabelled groups that are no longer kept count for their network: their flow is not known. */
const within = (network: string, flow: string | undefined) =>
  flow === undefined ? sql`network = ${network}` : sql`network = ${network} and (flow = ${flow} or flow is null)`

const HOW = {
  en: 'Automatic: closed or suppressed without a look, of all decided groups (and of their alerts). False alarm: a benign group that people were shown, of all benign groups; a false incident: one whose groups were all benign, of the incidents with a verdict. Missed: an attack step (what it was filed under, else its incident) of which no group was shown. A verdict of a person comes before a published label.',
  zh: '自动处置：无人查看即关闭或抑制的告警组占全部已决定组（及其告警）的比例。误报：展示给人员的正常组占全部正常组的比例；误报事件：所有告警组均为正常的安全事件，占已有结论的安全事件的比例。漏报：没有任何告警组展示给人员的攻击步骤（以归档名称计，未归档的以所属安全事件计）。人员结论优先于公开标签。',
}

async function labelsOf(
  { store }: Parts,
  where: RawBuilder<unknown>,
  { judged, groups }: RiskCounts,
): Promise<RiskView['labels']> {
  const found = await sql<{
    source: string | null
  }>`select label_source as source from ${COUNTED_GROUPS} where ${where} and coalesce(verdict, truth) is not null and truth is not null limit 1`.execute(
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
