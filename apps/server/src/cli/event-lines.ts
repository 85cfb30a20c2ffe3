import { workKeptText } from '@dengta/compute'
import type { GridEventView, SettlementTrial, Text } from '@dengta/sdk'
import { formatTable } from './table.ts'
import type { Terminal } from './terminal.ts'

type Say = Pick<Terminal, 'say'>

export function eventRows(events: readonly GridEventView[], { say }: Say): string[] {
  if (events.length === 0) return [say({ en: 'no grid event has been announced', zh: '尚未发布电网事件' })]
  return formatTable(
    events.map(({ id, from, request, state, promise, settlement }) => [
      ...[id, from, say({ en: `${request.minutes} min`, zh: `${request.minutes} 分钟` }), percent(request.depth)],
      ...[request.sites.join(','), say(STATES[state])],
      `${settlement?.deliveredKwh.toFixed(1) ?? '–'} / ${(settlement?.requestedKwh ?? promise.avoidedKwh).toFixed(1)} ${say(WORDS.kwh)}`,
    ]),
  )
}

/** What was asked and promised, then how it was settled. */
export function eventLines(event: GridEventView, speaker: Say): string[] {
  const { id, from, to, request, state, plan, promise, announcedBy, announcedAt, record, settlement } = event
  const { say } = speaker
  const { depth, noticeMinutes, sites } = request
  const work = workKeptText(promise.weighted, promise.bound)
  return [
    `${id}  ${say(STATES[state])}  ${from} - ${to}`,
    say({
      en: `${percent(depth)} less at ${sites.join(', ')}, notice ${noticeMinutes} min, over ${plan}`,
      zh: `${sites.join('、')} 降低 ${percent(depth)}，提前 ${noticeMinutes} 分钟通知，所据计划 ${plan}`,
    }),
    say({
      en: `promised: ${promise.avoidedKwh.toFixed(1)} kWh; ${work.en}`,
      zh: `承诺：${promise.avoidedKwh.toFixed(1)} 千瓦时；${work.zh}`,
    }),
    say(promise.withinTarget && promise.floorsKept ? PROMISE_KEEPS : PROMISE_BREAKS),
    `${say(WORDS.announced)}${announcedBy}  ${announcedAt}  ${record}`,
    ...(settlement ? [...settlementLines(settlement, speaker), `${say(WORDS.record)}${settlement.record}`] : []),
  ]
}

/** What was delivered by which baseline, and what is paid, term by term. */
export function settlementLines(settlement: SettlementTrial, { say }: Say): string[] {
  const { text, source, baselineName, baselineMethod, baselineDays, payment, complianceSeconds, shrunk } = settlement
  const { energyYuan, availabilityYuan, shortfallYuan, totalYuan } = payment
  const rows: [Text, string][] = [
    [WORDS.baseline, baselineName ? say(baselineName) : baselineMethod],
    ...(baselineDays ? [[WORDS.days, baselineDays.join(', ')] as [Text, string]] : []),
    [WORDS.source, say(SOURCES[source])],
    ...(complianceSeconds === undefined ? [] : [[WORDS.compliance, `${complianceSeconds} s`] as [Text, string]]),
    ...(shrunk ? [[WORDS.shrunk, say(shrunkText(shrunk))] as [Text, string]] : []),
    [WORDS.energy, yuan(energyYuan)],
    [WORDS.availability, yuan(availabilityYuan)],
    [WORDS.shortfall, yuan(-shortfallYuan)],
    [WORDS.total, yuan(totalYuan)],
  ]
  return [say(text), ...formatTable(rows.map(([name, value]) => [`  ${say(name)}`, value]))]
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`
/** Never a zero with a sign. */
const yuan = (value: number): string => (Math.round(100 * value) / 100 + 0).toFixed(2)

const shrunkText = ({ jobs, chipsFreed }: NonNullable<SettlementTrial['shrunk']>): Text => ({
  en: `${jobs} jobs, ${chipsFreed} chips set free`,
  zh: `${jobs} 个作业，释放 ${chipsFreed} 片芯片`,
})

const STATES = {
  announced: { en: 'announced', zh: '已发布' },
  settled: { en: 'settled', zh: '已结算' },
} satisfies Record<GridEventView['state'], Text>

const SOURCES = {
  metered: { en: 'metered', zh: '实测' },
  estimate: { en: 'estimate', zh: '估算' },
} satisfies Record<SettlementTrial['source'], Text>

const PROMISE_KEEPS: Text = {
  en: 'the plan keeps the target in every minute and the floor of every tier',
  zh: '按计划每一分钟均达到目标，且各等级下限均得到保证',
}
const PROMISE_BREAKS: Text = {
  en: 'the plan misses the target in some minute, or the floor of some tier',
  zh: '按计划存在未达目标的分钟，或有等级低于下限',
}

const WORDS = {
  announced: { en: 'announced: ', zh: '发布：' },
  record: { en: 'record: ', zh: '凭证：' },
  baseline: { en: 'baseline', zh: '基线方法' },
  days: { en: 'days of the baseline', zh: '基线所取日期' },
  source: { en: 'power', zh: '功率数据' },
  compliance: { en: 'within the limit after', zh: '降至限值以内用时' },
  shrunk: { en: 'on fewer chips', zh: '缩减卡数' },
  energy: { en: 'energy, yuan', zh: '电量（元）' },
  availability: { en: 'availability, yuan', zh: '可用容量（元）' },
  shortfall: { en: 'shortfall, yuan', zh: '欠交付（元）' },
  kwh: { en: 'kWh', zh: '千瓦时' },
  total: { en: 'total, yuan', zh: '合计（元）' },
} satisfies Record<string, Text>
