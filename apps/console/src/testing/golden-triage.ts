import type { CoverageView, GroupDetail, GroupView, RiskView } from '@dengta/sdk'
import { alertOf, at, both, pick } from './golden-threat.ts'

const REASONS = [
  both('the signature was never judged before', '该特征从未被研判过'),
  both('the score lies above the threshold', '得分高于阈值'),
  both('the mix of signatures has shifted since the model learnt', '自模型训练以来特征分布已发生漂移'),
]

function groupOf(i: number): GroupView {
  const { rule, host, logSource } = alertOf(i)
  return {
    ...{ id: `group_${i}`, network: 'fox', signature: rule.title, level: rule.level, detector: 'sigma', host },
    ...{ first: at(i * 610), last: at(i * 610 + 240), alerts: 4 + i * 3, addresses: ['10.24.0.17', '198.51.100.7'] },
    ...{ accounts: ['CORP\\l.wang'], processes: ['powershell.exe'], techniques: ['T1059.001'] },
    firstAlert: 'alert_0000',
    ...(logSource.category === 'dns' ? {} : { incident: 'incident_00000' }),
    decision: {
      ...{
        action: i % 3 === 0 ? 'escalate' : 'hand_over',
        score: 4.2 - i * 0.31,
        threshold: -2.13,
        reason: pick(REASONS, i),
      },
      contributions: [
        { what: both('rule fired on an attack before', '该规则曾命中攻击'), adds: 2.4 },
        { what: both('first time on this host', '在该主机上首次出现'), adds: 1.1 },
        { what: both('many hosts in the same half hour', '半小时内涉及多台主机'), adds: 0.6 },
        { what: both('seen daily in this network', '该网络每天都会出现'), adds: -0.9 },
        { what: both('within working hours', '发生在工作时间'), adds: -0.3 },
      ],
      ...{ history: { attacks: 3, cases: 214 }, model: 'model_01m8', at: at(i * 610 + 1800) },
    },
  }
}

const GROUP: GroupDetail = {
  ...groupOf(0),
  similar: [
    { group: 'group_5', network: 'fox', host: 'web-02', first: at(-9_000), verdict: 'attack', distance: 0.42 },
    { network: 'harrison', host: 'ws-07', first: at(-90_000), verdict: 'benign', distance: 1.31 },
  ],
  history: [],
}

const share = (count: number, of: number, lower: number, upper: number) => ({
  count,
  of,
  rate: count / of,
  lower,
  upper,
})

const RISK: RiskView = {
  networks: ['fox', 'harrison', 'russellmitchell', 'wardbeck'],
  guard: {
    ...{ proven: false, threshold: -2.13, confidence: 0.95 },
    reasons: [
      both(
        'missed steps: at most 14.20 % is proven, 10 % is accepted',
        '漏报率：仅证明不超过 14.20%，可接受上限为 10%',
      ),
    ],
  },
  automation: { groups: share(27_381, 27_834, 0.9821, 0.9852), alerts: share(2_654_102, 2_655_821, 0.9993, 0.9994) },
  falseAlarms: {
    groups: {
      ...share(51, 27_690, 0.0014, 0.0024),
      ...{ bound: 0.003, proven: 0.0027, holds: 'yes' },
      text: both('benign groups that were escalated', '被升级的良性告警组'),
    },
    incidents: share(9, 41, 0.1056, 0.3761),
  },
  missed: {
    ...share(6, 74, 0.0303, 0.1681),
    ...{ bound: 0.1, proven: 0.142, holds: 'unknown' },
    text: both('attack steps of which no group was shown to people', '没有任何告警组交由人工查看的攻击步骤'),
  },
  labels: {
    ...{ kind: 'published', judged: 27_834, notJudged: 0 },
    text: both('Labels of AIT-ADS, by the makers of the data', '标签来自 AIT-ADS 数据集作者'),
  },
  drift: {
    ...{ state: 'steady', signatures: 0.12, unknown: 0.004, limits: { signatures: 0.35, unknown: 0.05 } },
    text: both('what comes in looks like what was learnt from', '当前数据与训练数据相近'),
  },
  model: {
    ...{ id: 'model_01m8', learntAt: at(-86_400) },
    sites: [
      { name: 'fox', cases: 3_912, judged: 3_912, attacks: 41 },
      { name: 'harrison', cases: 4_420, judged: 4_420, attacks: 38 },
    ],
  },
  days: Array.from({ length: 6 }, (_, i) => ({
    ...{ day: at(-i * 86_400).slice(0, 10), groups: 4_600 + i * 31, automatic: 4_520 + i * 29 },
    ...{ escalated: 22, handedOver: 58 + i * 2, falseAlarms: 8 },
  })).toReversed(),
  text: both(
    'Groups are one signature on one host without a pause of five minutes; every rate is over judged groups.',
    '告警组指同一特征在同一主机上间隔不超过五分钟的告警；各项比率均以已研判的组为分母。',
  ),
  kept: both('Groups that nobody waits for are kept for 90 days.', '无人等待处理的告警组保留 90 天。'),
}

const TACTICS = [
  ['reconnaissance', '侦察', 10],
  ['resource-development', '资源准备', 8],
  ['initial-access', '初始访问', 11],
  ['execution', '执行', 16],
  ['persistence', '持久化', 22],
  ['privilege-escalation', '权限提升', 14],
  ['defense-evasion', '防御规避', 40],
  ['credential-access', '凭据访问', 17],
  ['discovery', '发现', 33],
  ['lateral-movement', '横向移动', 9],
  ['collection', '收集', 17],
  ['command-and-control', '命令与控制', 18],
  ['exfiltration', '数据渗出', 9],
  ['impact', '影响', 15],
] as const

const NAMES = [
  'Command and Scripting Interpreter',
  'OS Credential Dumping',
  'Process Injection',
  'Valid Accounts',
  'Phishing',
]

const COVERAGE: CoverageView = {
  tactics: TACTICS.map(([id, zh, count], t) => ({
    id,
    name: both(
      id
        .split('-')
        .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
        .join(' '),
      zh,
    ),
    techniques: Array.from({ length: count }, (_, i) => {
      const rules = (i * 7 + t * 3) % 5 === 0 ? 0 : Math.round(140 / (1 + i * i))
      return {
        id: `T${1001 + t * 40 + i}`,
        name: pick(NAMES, i + t),
        rules,
        hits: i % 3 === 0 ? rules * 9 : 0,
        parts: [],
      }
    }),
  })),
  ...{
    covered: 168,
    techniques: 239,
    untagged: 52,
    notInMatrix: [{ id: 'T1685.001', rules: 14, hits: 3 }],
    complete: true,
  },
  source: both('MITRE ATT&CK 18.0, © The MITRE Corporation', 'MITRE ATT&CK 18.0，© The MITRE Corporation'),
}

/** Triage, risk and coverage, by path. */
export const GOLDEN_TRIAGE: Readonly<Record<string, unknown>> = {
  '/threat/triage/queue': { groups: Array.from({ length: 23 }, (_, i) => groupOf(i)), total: 23, judgedToday: 17 },
  '/threat/triage/groups/group_0': GROUP,
  '/threat/triage/risk': RISK,
  '/threat/coverage': COVERAGE,
}
