import { FLOW_STAGES, type FlowView, SOURCE_FAULTS } from '@dengta/sdk'
import { expect, test } from 'vitest'
import { flowLines } from './flow-lines.ts'

const english = { say: (text: { readonly en: string }) => text.en }
const chinese = { say: (text: { readonly zh: string }) => text.zh }

const FLOW = {
  ...{ state: 'running', text: { en: 'events are taken in', zh: '正在接收事件' } },
  ...{ eventsPerSecond: 0, alertsPerSecond: 0, bytesPerSecond: 0, lagMs: 0, waiting: 0, incidents: { open: 0 } },
  totals: { accepted: 9, bytes: 0, evaluated: 9, unmapped: 0, unreadable: 1, unevaluated: 0, alerts: 0, findings: 0 },
  latency: { p50: 0, p99: 0 },
  sources: [
    { kind: 'syslog-udp', at: '127.0.0.1:5514', open: 1, state: 'open', faults: { line_too_long: 2 } },
    { kind: 'of-later', at: '/x', open: 0, state: 'opening', faults: {} },
  ],
  notices: [],
  stageFaults: [{ stage: 'dns-volume', count: 3, last: 'Error: x' }],
  seconds: [],
} as unknown as FlowView

test('sources, what went wrong there and stages are named in words; codes of a later version stay', () => {
  expect(flowLines(FLOW, english).slice(-3)).toEqual([
    '   syslog, UDP  127.0.0.1:5514  1 in use  open, line too long 2 ×',
    '   of-later     /x              0 in use  being opened',
    '✗ DNS volume 3 ×  Error: x',
  ])
  expect(flowLines(FLOW, chinese).slice(-3)).toEqual([
    '   syslog（UDP）  127.0.0.1:5514  使用中 1  已接入, 行过长 2 ×',
    '   of-later       /x              使用中 0  正在接入',
    '✗ DNS 流量 3 ×  Error: x',
  ])
})

test('faults and stages have Chinese words', () => {
  const words = [...Object.values(SOURCE_FAULTS), ...Object.values(FLOW_STAGES)]
  expect(words.filter(({ zh }) => !/[\u4e00-\u9fff]/.test(zh))).toEqual([])
})
