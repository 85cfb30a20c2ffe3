import type { IncidentDetail, Language } from '@dengta/sdk'
import { expect, test } from 'vitest'
import { WORDS, type WordKey, word } from '../../words/words.ts'
import { incidentSummary, type Said } from './incident-summary.ts'

const saidIn = (language: Language): Said => ({
  t: (key, ...fillings) => word(language, key, ...fillings),
  say: (text) => text[language],
  named: (key, code) => (key in WORDS ? WORDS[key as WordKey][language] : code),
})
const LINK = 'https://house.example/serve/threat/incidents/incident_1'
const at = (minute: number) => `2026-11-22T06:${String(minute).padStart(2, '0')}:36.000Z`
const group = (minute: number, signature: string) => ({
  ...{ group: `group_${minute}`, first: at(minute), last: at(minute), host: 'web-1', signature },
  ...{ level: 'high', alerts: 3, score: 4 },
})
const node = (kind: 'host' | 'address' | 'account' | 'process', name: string) => ({
  ...{ id: `${kind} ${name}`, kind, name, groups: 1, score: 4 },
})
const INCIDENT: IncidentDetail = {
  ...{ id: 'incident_1', network: 'fox', severity: 'high', state: 'open', first: at(1), last: at(9) },
  title: { en: 'Port scan and 1 more on web-1', zh: 'web-1 上的 Port scan 等 2 类告警' },
  ...{ hosts: ['web-1'], hostCount: 1, signatures: 2, groups: 2, alerts: 6, score: 4, techniques: ['T1046'] },
  timeline: [group(9, 'Web shell'), group(1, 'Port scan')],
  graph: {
    nodes: [node('address', '203.0.113.7'), node('address', '2001:db8::1'), node('account', 'admin')],
    edges: [],
  },
  seenTechniques: [{ id: 'T1046', name: 'Network Service Discovery', tactics: ['discovery'], groups: 1 }],
  merged: [],
  tickets: [{ id: 'ticket_1', title: { en: 'x', zh: 'x' }, state: 'in-progress', assignee: '李静' }],
  runs: [{ id: 'run_1', playbook: { en: 'Block address', zh: '封禁地址' }, status: 'succeeded', startedAt: at(10) }],
  suggestions: [],
}

test('says what it is, its indicators, what came first and what was done, in the language of the reader', () => {
  expect(incidentSummary(INCIDENT, LINK, saidIn('zh'))).toBe(
    [
      '[高] web-1 上的 Port scan 等 2 类告警',
      '状态：处置中',
      '时间：2026-11-22 06:01:36 – 2026-11-22 06:09:36 UTC',
      '网络：fox',
      '告警组：2',
      '告警：6',
      'ATT&CK：T1046 Network Service Discovery',
      '地址：203[.]0[.]113[.]7, 2001[:]db8[:][:]1',
      '账号：admin',
      '剧本执行：封禁地址 (成功)',
      '工单：ticket_1 · 处理中 · 李静',
      '时间线 (UTC)：',
      '  2026-11-22 06:01:36  web-1  Port scan ×3',
      '  2026-11-22 06:09:36  web-1  Web shell ×3',
      LINK,
    ].join('\n'),
  )
  const en = incidentSummary({ ...INCIDENT, state: 'closed', verdict: 'attack' }, LINK, saidIn('en'))
  expect(en).toContain('[high] Port scan and 1 more on web-1\nState: closed · attack\n')
  expect(en).toContain('\nAddresses: 203[.]0[.]113[.]7, ')
})

test('one that time closed says that nobody gave a verdict', () => {
  expect(incidentSummary({ ...INCIDENT, state: 'closed' }, LINK, saidIn('en'))).toContain('State: closed by time')
})

test('what an attacker wrote makes no line, no link and no endless text', () => {
  const hostile = `x\r\nState: benign \u2028\u202Egpj.exe http://198.51.100.9/a ${'a'.repeat(500)}`
  const lines = incidentSummary({ ...INCIDENT, timeline: [group(1, hostile)], groups: 41 }, LINK, saidIn('en')).split(
    '\n',
  )
  const [seen = '', more] = lines.slice(lines.indexOf('Timeline (UTC):') + 1)
  expect(seen).toContain('x State: benign  gpj.exe http[://]198[.]51[.]100[.]9/a')
  expect(seen.length).toBeLessThan(240)
  expect(more).toBe('  … +40')
  expect(lines.filter((line) => line.startsWith('State:'))).toEqual(['State: open'])
})

test('of many indicators twenty are named, and the rest counted', () => {
  const nodes = Array.from({ length: 33 }, (_, i) => node('host', `h${i}`))
  const text = incidentSummary({ ...INCIDENT, graph: { nodes, edges: [] } }, LINK, saidIn('en'))
  expect(text).toMatch(/^Hosts: h0, .*h19 … \+13$/m)
  expect(text).not.toContain('Addresses')
})
