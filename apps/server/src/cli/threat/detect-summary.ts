import { fillText, type Language, type Text } from '@dengta/kernel'
import { SOURCE_FAULTS, wordFor } from '@dengta/sdk'
import type { CorrelatorState, DnsVolumeCounts, InvalidRule, UnmappedLine, UnreadableLine } from '@dengta/threat'

/** What a run over event files came to. */
export interface DetectSummary {
  readonly files: number
  readonly events: number
  readonly alerts: number
  /** Alerts of correlations. */
  readonly correlated: number
  /** Alerts of clients that sent more in DNS names than the bound of a day. */
  readonly exfiltrating: number
  readonly unreadable: number
  /** The first of them. */
  readonly firstUnreadable: readonly UnreadableLine[]
  /** Events of a form that no mapping knows, and the first of them. */
  readonly unmapped: number
  readonly firstUnmapped?: UnmappedLine & { readonly file: string }
  readonly rules: number
  readonly correlations: number
  readonly refused: readonly InvalidRule[]
  readonly correlator: CorrelatorState
  /** Left out where DNS names were not watched. */
  readonly dns?: DnsVolumeCounts
}

const SHOWN = 5

/** The counts, and a line for everything that was left out. */
export function summaryTexts(summary: DetectSummary): Text[] {
  const { events, files, alerts, correlated, rules, correlations } = summary
  return [
    fillText(COUNTS, { events, files, alerts, correlated, rules, correlations }),
    ...dnsTexts(summary),
    ...unreadableTexts(summary),
    ...unmappedTexts(summary),
    ...refusedTexts(summary),
    ...leftOutTexts(summary.correlator),
  ]
}

const COUNTS: Text = {
  en: '{events} {events:event|events} of {files} {files:file|files}, {rules} {rules:rule|rules}, {correlations} {correlations:correlation|correlations}: {alerts} {alerts:alert|alerts}, {correlated} correlated',
  zh: '{files} 个文件共 {events} 条事件，规则 {rules} 条，关联规则 {correlations} 条：告警 {alerts} 条，关联告警 {correlated} 条',
}

function dnsTexts({ dns, exfiltrating }: DetectSummary): Text[] {
  if (!dns || dns.queries === 0) return []
  const { queries, late } = dns
  return [fillText(QUERIES, { queries, exfiltrating }), ...(late > 0 ? [fillText(LATE, { late })] : [])]
}

const QUERIES: Text = {
  en: '{queries} DNS {queries:query|queries} watched for what leaves in names: {exfiltrating} {exfiltrating:alert|alerts}',
  zh: '检查 {queries} 条 DNS 查询的域名外传量：告警 {exfiltrating} 条',
}
const LATE: Text = {
  en: '✗ {late} DNS {late:query was|queries were} more than a day behind the newest and not watched: give files in order of time',
  zh: '✗ {late} 条 DNS 查询比最新一条早一天以上，未检查：请按时间顺序给出文件',
}

function unreadableTexts({ unreadable, firstUnreadable }: DetectSummary): Text[] {
  if (unreadable === 0) return []
  const shown = firstUnreadable.slice(0, SHOWN)
  const listIn = (language: Language): string =>
    shown.map(({ file, line, fault }) => `${file}:${line} ${wordFor(SOURCE_FAULTS, fault)[language]}`).join(', ') +
    (unreadable > SHOWN ? ', …' : '')
  return [fillText(UNREADABLE, { unreadable, list: { en: listIn('en'), zh: listIn('zh') } })]
}

const UNREADABLE: Text = {
  en: '✗ {unreadable} {unreadable:line|lines} unreadable: {list}',
  zh: '✗ {unreadable} 行无法读取：{list}',
}

function unmappedTexts({ unmapped, firstUnmapped: first }: DetectSummary): Text[] {
  if (!first) return []
  return [fillText(UNMAPPED, { unmapped, place: `${first.file}:${first.line}`, fields: first.fields.join(', ') })]
}

const UNMAPPED: Text = {
  en: '✗ {unmapped} {unmapped:event|events} of a form that no mapping knows, unseen by rules that name a log source: {place} has {fields}; --mapping teaches a form',
  zh: '✗ {unmapped} 条事件的格式没有映射，指明日志源的规则看不到：{place} 的字段为 {fields}；可用 --mapping 增加映射',
}

function refusedTexts({ refused }: DetectSummary): Text[] {
  if (refused.length === 0) return []
  const list =
    refused
      .slice(0, SHOWN)
      .map(({ file, line }) => `${file}:${line}`)
      .join(', ') + (refused.length > SHOWN ? ', …' : '')
  return [fillText(REFUSED, { refused: refused.length, list })]
}

const REFUSED: Text = {
  en: '✗ {refused} {refused:rule|rules} refused: {list}; "dengta threat lint" gives the reasons',
  zh: '✗ {refused} 条规则被拒绝：{list}；可用“dengta threat lint”查看原因',
}

/** Everything that correlation could not look at. */
function leftOutTexts(state: CorrelatorState): Text[] {
  const rows: [number, Text][] = [
    [state.tooLate, { en: '{n:event|events} came too late to be correlated', zh: '条事件迟到，未参与关联' }],
    [
      state.withoutTime,
      {
        en: '{n:event has|events have} no readable time and {n:was|were} not correlated',
        zh: '条事件没有可读的时间，未参与关联',
      },
    ],
    [
      state.withoutGroup,
      { en: '{n:time|times} an event lacked a group-by field', zh: '次因事件缺少分组字段而未参与关联' },
    ],
    [
      state.withoutValue,
      { en: '{n:time|times} an event lacked the field to count', zh: '次因事件缺少统计字段而未参与关联' },
    ],
    [
      state.releasedEarly,
      { en: '{n:event was|events were} correlated before the wait was over', zh: '条事件因等待队列已满而提前参与关联' },
    ],
    [
      state.evictedGroups,
      {
        en: '{n:correlation group was|correlation groups were} given up for lack of room',
        zh: '个关联分组因空间不足而被放弃',
      },
    ],
  ]
  return rows
    .filter(([count]) => count > 0)
    .map(([n, { en, zh }]) => fillText({ en: `✗ {n} ${en}`, zh: `✗ {n} ${zh}` }, { n }))
}
