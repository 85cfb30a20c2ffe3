import type {
  AlertDetail,
  AlertView,
  FlowView,
  IncidentDetail,
  IncidentRow,
  RuleCredit,
  RuleRow,
  RuleSetView,
  Text,
} from '@dengta/sdk'

/** A day of a made-up network: 10,000 incidents, 3,757 rules, always the same. */
const START = Date.parse('2026-03-02T02:00:00Z')
export const at = (seconds: number): string => new Date(START + seconds * 1000).toISOString()
export const both = (en: string, zh: string = en): Text => ({ en, zh })
export const pick = <T>(list: readonly T[], i: number): T => list[((i % list.length) + list.length) % list.length]!

const LEVELS = ['high', 'medium', 'low', 'critical', 'medium', 'informational'] as const
const LICENCE = 'Detection Rule License (DRL) 1.1'
const LINK = 'https://github.com/SigmaHQ/sigma'
const TITLES = [
  ['Suspicious Encoded PowerShell Command Line', 'T1059.001', 'execution', 'process_creation'],
  ['Mimikatz Command Line Arguments', 'T1003.001', 'credential-access', 'process_creation'],
  ['Remote Thread Creation Into LSASS', 'T1055', 'privilege-escalation', 'create_remote_thread'],
  ['Scheduled Task Created by Command Line', 'T1053.005', 'persistence', 'process_creation'],
  ['DNS Query With Long Random Label', 'T1048.003', 'exfiltration', 'dns'],
  ['Security Event Log Cleared', 'T1070.001', 'defense-evasion', 'security'],
  ['Whoami Executed by Web Server Process', 'T1505.003', 'persistence', 'process_creation'],
  ['PsExec Service Installed', 'T1569.002', 'execution', 'system'],
] as const
const HOSTS = ['ws-finance-07', 'dc-01', 'web-02', 'ws-hr-11', 'mail-01', 'vpn-gw', 'ws-dev-23', 'file-03']

export const ruleId = (i: number): string => `3b6ab547-8ec2-4991-b9d2-${String(i).padStart(12, '0')}`

export function credit(i: number): RuleCredit {
  const [title, technique, tactic] = pick(TITLES, i)
  return {
    ...{ id: ruleId(i), title: i < TITLES.length ? title : `${title}, Variant ${i}`, level: pick(LEVELS, i) },
    ...{ version: '2025-11-03', author: pick(['Florian Roth (Nextron Systems)', 'frack113', 'Roberto Rodriguez'], i) },
    ...{ licence: LICENCE, link: LINK, tags: [`attack.${tactic}`, `attack.${technique.toLowerCase()}`] },
  }
}

export function alertOf(i: number): AlertView {
  const { 3: category } = pick(TITLES, i)
  return {
    ...{ id: `alert_${String(i).padStart(4, '0')}`, time: at(i * 37), receivedAt: at(i * 37 + 1) },
    ...{ rule: credit(i), detector: i % 5 === 4 ? 'correlation' : 'sigma', host: pick(HOSTS, i) },
    ...{ stream: 'winlog', line: 1200 + i, logSource: { product: 'windows', category } },
    matched: [
      {
        field: 'Image',
        wanted: '*\\powershell.exe',
        found: ['C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe'],
      },
      {
        field: 'CommandLine',
        wanted: '* -enc *',
        found: ['powershell.exe -NoP -W Hidden -enc SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoAZQBjAHQA'],
      },
    ],
    group: `group_${i}`,
  }
}

const ALERT: AlertDetail = {
  ...alertOf(0),
  eventKept: 'whole',
  event: {
    EventID: 1,
    Computer: 'ws-finance-07.corp.example',
    EventData: {
      Image: 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
      CommandLine: 'powershell.exe -NoP -W Hidden -enc SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoAZQBjAHQA',
      ParentImage: 'C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE',
      User: 'CORP\\l.wang',
    },
  },
}

const FLOW: FlowView = {
  ...{ state: 'running', text: both('Listening on 127.0.0.1:6514', '正在监听 127.0.0.1:6514') },
  ...{ eventsPerSecond: 81_018, alertsPerSecond: 12.4, bytesPerSecond: 121_500_000, waiting: 23, lagMs: 140 },
  totals: {
    ...{ accepted: 48_610_800, bytes: 72_900_000_000, evaluated: 48_600_000, unreadable: 12 },
    ...{ unmapped: 10_788, unevaluated: 0, alerts: 7_440, findings: 212 },
  },
  incidents: { open: 41, candidate: 310, closed: 9_649 },
  latency: { p50: 92, p99: 412, max: 1_870 },
  memory: { totalBytes: 25_769_803_776, freeBytes: 14_100_000_000 },
  sources: [
    { kind: 'tcp', at: '127.0.0.1:6514', open: 4, faults: { too_long: 3 }, state: 'open' },
    { kind: 'files', at: 'archive/evtx', open: 1, faults: {}, state: 'open' },
  ],
  notices: [],
  stageFaults: [],
  seconds: Array.from({ length: 300 }, (_, i) => ({
    ...{ second: 1_772_416_800 + i, accepted: 76_000 + Math.round(9000 * Math.sin(i / 17)) + (i % 7) * 700 },
    ...{ bytes: 114_000_000 + Math.round(13_000_000 * Math.sin(i / 17)), evaluated: 80_000 },
    ...{ alerts: (i * 7) % 23 === 0 ? 40 : 8 + (i % 9), findings: i % 60 === 0 ? 1 : 0 },
  })),
}

const RULE_SET: RuleSetView = {
  ...{ hash: '9f2c4a7d1e5b8036c4d9e2f7a1b3c5d7e9f0a2b4c6d8e0f1a3b5c7d9e1f3a5b7', loadedAt: at(0), seconds: 2.84 },
  ...{ source: both('SigmaHQ rules, release r2025-11', 'SigmaHQ 规则集 r2025-11'), licence: LICENCE },
  ...{ rules: 3_757, correlations: 10, filters: 2, quarantined: [ruleId(3)] },
  refused: [
    {
      ...{ file: 'rules/windows/broken_wildcard.yml', line: 14, id: ruleId(9001), title: 'Broken Wildcard' },
      code: 'threat_rule.unknown_modifier',
      reason: both(
        'line 14: there is no modifier containz; did you mean contains?',
        '第 14 行：没有修饰符 containz，是否应为 contains？',
      ),
    },
  ],
  idle: [
    {
      ...{ file: 'own/filters.yml', line: 3, id: ruleId(9002), title: 'Not the build machines' },
      reason: both(
        'the filter names 1 rule that is not in this rule set, by neither id nor name: winrm-old',
        '过滤器指定的 1 条规则按编号和名称均不在此规则集中：winrm-old',
      ),
    },
  ],
  byLogSource: [
    { product: 'windows', category: 'process_creation', rules: 1_487 },
    { product: 'windows', service: 'security', rules: 214 },
    { product: 'linux', service: 'auditd', rules: 61 },
    { rules: 4 },
  ],
}

const QUARANTINE: NonNullable<RuleRow['quarantine']> = {
  ...{ since: at(7_200), detectors: 1, of: 2 },
  reason: both(
    '7 of 31 measured checks took longer than 20 ms, the slowest 212 ms',
    '计时的 31 次检查中有 7 次超过 20 毫秒，最慢的一次为 212 毫秒',
  ),
}

export function ruleRow(i: number): RuleRow {
  const [, technique, tactic, category] = pick(TITLES, i)
  const hits = i < 40 ? 4_000 - i * 97 : 0
  return {
    ...{ ...credit(i), kind: i % 50 === 49 ? 'correlation' : 'rule', state: i === 3 ? 'quarantined' : 'active' },
    ...{ status: pick(['stable', 'test', 'experimental'], i), logSource: { product: 'windows', category } },
    ...{ techniques: [technique], tactics: [tactic], hits, ...(hits > 0 ? { lastHit: at(86_000 - i) } : {}) },
    verdicts: i < 40 ? { attack: 3, benign: 211 - 5 * i, unclear: 2 } : { attack: 0, benign: 0, unclear: 0 },
    cost: {
      ...{ microseconds: 88_000 - i * 20, evaluations: 48_000, share: 0.021 / (i + 1) },
      secondsPerMillion: (88_000 - i * 20) / 48_600_000,
    },
    ...(i === 3 ? { quarantine: QUARANTINE } : {}),
  }
}

function incidentRow(i: number): IncidentRow {
  const [title, technique] = pick(TITLES, i)
  const host = pick(HOSTS, i * 3)
  const state = i < 41 ? 'open' : i < 351 ? 'candidate' : 'closed'
  return {
    ...{ id: `incident_${String(i).padStart(5, '0')}`, network: pick(['fox', 'harrison', 'russellmitchell'], i) },
    title: both(`${title} on ${host}`, `${host}：${title}`),
    ...{ severity: pick(LEVELS, i), state, first: at(86_000 - i * 8), last: at(86_300 - i * 8) },
    ...{
      hosts: [host, pick(HOSTS, i + 1)],
      hostCount: 2,
      signatures: 3,
      groups: 12,
      alerts: 240 + (i % 50),
      score: 4.2 - i / 3000,
    },
    ...{ techniques: [technique, 'T1021.002'], ...(state === 'candidate' ? {} : { ticket: `ticket_${i}` }) },
    ...(state === 'closed' ? { verdict: pick(['benign', 'attack', 'benign', 'unclear'] as const, i) } : {}),
  }
}

const GROUPS = Array.from({ length: 12 }, (_, i) => ({
  ...{ group: `group_${i}`, first: at(i * 610), last: at(i * 610 + (i % 4) * 280), host: pick(HOSTS, i >> 1) },
  ...{ signature: pick(TITLES, i)[0], level: pick(LEVELS, i), alerts: 4 + i * 3, score: 4.2 - i * 0.7 },
  ...(i > 9 ? { verdict: 'benign' as const } : {}),
}))

const NAMES = {
  host: HOSTS,
  account: ['CORP\\l.wang', 'CORP\\svc-backup', 'CORP\\administrator', 'NT AUTHORITY\\SYSTEM'],
  address: Array.from({ length: 22 }, (_, i) => `10.24.${i % 4}.${17 + i * 9}`),
  process: ['powershell.exe', 'cmd.exe', 'rundll32.exe', 'psexesvc.exe', 'winword.exe', 'lsass.exe'],
} as const

const NODES = (['host', 'account', 'address', 'process'] as const).flatMap((kind) =>
  NAMES[kind].map((name, i) => ({
    id: `${kind} ${name}`,
    kind,
    name,
    groups: 9 - (i % 7),
    score: i === 0 ? 4.2 : -1 - i / 5,
  })),
)

const INCIDENT: IncidentDetail = {
  ...incidentRow(0),
  timeline: GROUPS,
  graph: {
    nodes: NODES,
    edges: NODES.filter(({ kind }) => kind !== 'host').map(({ id }, i) => ({
      ...{ from: `host ${pick(HOSTS, i * 5)}`, to: id, groups: 1 + (i % 3) },
    })),
  },
  seenTechniques: TITLES.slice(0, 5).map(([, id, tactic], i) => ({
    ...{
      id,
      name: pick(['PowerShell', 'LSASS Memory', 'Process Injection', 'Scheduled Task', 'Exfiltration Over DNS'], i),
    },
    ...{ tactics: [tactic], groups: 5 - i },
  })),
  merged: ['incident_00017'],
  tickets: [
    {
      id: 'ticket_0',
      title: both('Encoded PowerShell on ws-finance-07', 'ws-finance-07 上的 Encoded PowerShell'),
      state: 'in-progress',
      assignee: '李静',
    },
  ],
  runs: [{ id: 'run_0', playbook: both('Isolate a host', '隔离主机'), status: 'waiting', startedAt: at(7_400) }],
  suggestions: [
    {
      ...{
        playbook: 'playbook--isolate-host',
        name: both('Isolate a host', '隔离主机'),
        inputs: { __host__: HOSTS[0]! },
      },
      reason: both('ws-finance-07 carries the highest score', 'ws-finance-07 得分最高'),
    },
  ],
}

/** Answers by path; lists that are fetched in pages stand in `goldenThreatPage`. */
export const GOLDEN_THREAT: Readonly<Record<string, unknown>> = {
  '/threat/flow': FLOW,
  '/threat/alerts': { alerts: Array.from({ length: 8 }, (_, i) => alertOf(i)), kept: 7_440 },
  '/threat/alerts/alert_0000': ALERT,
  '/threat/incidents/incident_00000': INCIDENT,
  '/threat/rule-set': RULE_SET,
}

const ROWS = { incidents: 10_000, rules: 3_757 } as const

/** A page of incidents or rules, by `offset` and `limit`; filters are passed over but for `text`, which finds nothing. */
export function goldenThreatPage(url: URL): unknown {
  const name = /\/threat\/(incidents|rules)$/.exec(url.pathname)?.[1] as keyof typeof ROWS | undefined
  if (!name) return undefined
  const offset = Number(url.searchParams.get('offset') ?? 0)
  const total = url.searchParams.has('text') ? 0 : ROWS[name]
  const count = Math.max(0, Math.min(Number(url.searchParams.get('limit') ?? 50), total - offset))
  const row: (i: number) => unknown = name === 'rules' ? ruleRow : incidentRow
  return { total, [name]: Array.from({ length: count }, (_, i) => row(offset + i)) }
}
