import { FLOW_STAGES, type FlowView, SOURCE_FAULTS, SOURCE_KINDS, type Text, wordFor } from '@dengta/sdk'
import { formatTable } from '../table.ts'
import type { Terminal } from '../terminal.ts'

type Say = Pick<Terminal, 'say'>

/** State and why, rates, delay, what waits, and what is wrong with each source. */
export function flowLines(flow: FlowView, { say }: Say): string[] {
  const { state, text, totals, incidents, sources, notices, stageFaults } = flow
  const rows: [Text, string][] = [
    [WORDS.events, `${flow.eventsPerSecond.toFixed(1)} /s  ${totals.accepted}`],
    [WORDS.alerts, `${flow.alertsPerSecond.toFixed(1)} /s  ${totals.alerts}`],
    [WORDS.unmapped, String(totals.unmapped)],
    [WORDS.unreadable, String(totals.unreadable)],
    [WORDS.unevaluated, String(totals.unevaluated)],
    [WORDS.lag, `${(flow.lagMs / 1000).toFixed(2)} s`],
    [WORDS.latency, `${(flow.latency.p99 / 1000).toFixed(2)} s`],
    [WORDS.incidents, String(incidents.open)],
    [WORDS.waiting, String(flow.waiting)],
  ]
  return [
    `${say(STATES[state])}: ${say(text)}`,
    ...formatTable(rows.map(([name, value]) => [`  ${say(name)}`, value])),
    ...formatTable(sources.map((source) => sourceRow(source, { say }))),
    ...notices.map((each) => `✗ ${say(each.text)}`),
    ...stageFaults.map(({ stage, count, last }) => `✗ ${say(wordFor(FLOW_STAGES, stage))} ${count} ×  ${last}`),
  ]
}

function sourceRow({ kind, at, open, state, reason, faults }: FlowView['sources'][number], { say }: Say): string[] {
  const wrong = Object.entries(faults).map(([name, times]) => `${say(wordFor(SOURCE_FAULTS, name))} ${times} ×`)
  const how = reason === undefined ? say(SOURCE_STATES[state]) : say(reason)
  return [
    state === 'failed' ? '✗' : ' ',
    say(wordFor(SOURCE_KINDS, kind)),
    at,
    say(openOf(open)),
    [how, ...wrong].join(', '),
  ]
}

/** Connections, or files that are being read. */
const openOf = (count: number): Text => ({ en: `${count} in use`, zh: `使用中 ${count}` })

const STATES = {
  off: { en: 'not connected', zh: '未接入' },
  starting: { en: 'starting', zh: '启动中' },
  unopened: { en: 'not opened', zh: '未能启动' },
  running: { en: 'running', zh: '运行中' },
  failing: { en: 'failing', zh: '故障' },
} satisfies Record<FlowView['state'], Text>

const SOURCE_STATES = {
  opening: { en: 'being opened', zh: '正在接入' },
  open: { en: 'open', zh: '已接入' },
  failed: { en: 'not open', zh: '未接入' },
} satisfies Record<FlowView['sources'][number]['state'], Text>

const WORDS = {
  events: { en: 'events, in all', zh: '事件，累计' },
  alerts: { en: 'alerts, in all', zh: '告警，累计' },
  unmapped: { en: 'no mapping for', zh: '无字段映射' },
  unreadable: { en: 'unreadable', zh: '无法解析' },
  unevaluated: { en: 'given up, kept as files', zh: '检测中止，已存为文件' },
  lag: { en: 'behind by', zh: '当前滞后' },
  latency: { en: 'receipt to alert, p99', zh: '接收到告警 p99' },
  incidents: { en: 'open incidents', zh: '未结安全事件' },
  waiting: { en: 'groups waiting for a person', zh: '待人工研判' },
} satisfies Record<string, Text>
