import type { ActuatorView, AuditAct, PlaybookDetail, ReplayView, RunDetail } from '@dengta/sdk'
import { at, both } from './golden-threat.ts'

const node = (
  id: string,
  type: string,
  name: readonly [string, string],
  place: readonly [number, number, string?],
) => ({
  ...{ id, type, name: both(...name), layer: place[0], row: place[1] },
  ...(place[2] ? { approval: place[2] } : {}),
})
const edge = (from: string, to: string, kind = 'completion', back = false) => ({ from, to, kind, back })

const PLAYBOOK: PlaybookDetail = {
  ...{ id: 'playbook--isolate-host', modified: at(0), from: 'house', steps: 6, approval: 'lead', usable: true },
  ...{ name: both('Isolate a host', '隔离主机'), digest: 'a3'.repeat(32) },
  description: both(
    'Cuts a host off from the network and proves that it is cut off.',
    '切断主机网络连接，并验证隔离已生效。',
  ),
  inputs: [{ name: '__host__', type: 'hostname', description: 'The host to isolate' }],
  graph: {
    nodes: [
      node('start', 'start', ['Start', '开始'], [0, 0]),
      node('known', 'if-condition', ['Is the host managed?', '主机是否受管？'], [1, 0]),
      node('isolate', 'action', ['Isolate through the agent', '通过终端代理隔离'], [2, 0, 'lead']),
      node('block', 'action', ['Block its address', '封禁其地址'], [2, 1, 'analyst']),
      node('collect', 'action', ['Collect evidence', '收集证据'], [3, 0]),
      node('end', 'end', ['End', '结束'], [4, 0]),
    ],
    edges: [
      ...[edge('start', 'known'), edge('known', 'isolate', 'true'), edge('known', 'block', 'false')],
      ...[
        edge('isolate', 'collect'),
        edge('block', 'collect', 'failure'),
        edge('collect', 'end'),
        edge('collect', 'known', 'while', true),
      ],
    ],
    ...{ layers: 5, rows: 2 },
  },
  outline: both(
    '1. Start\n2. If the host is managed\n   3. Isolate through the agent',
    '1. 开始\n2. 如果主机受管\n   3. 通过终端代理隔离',
  ),
  faults: [],
}

const COMMAND = {
  ...{
    type: 'http-api',
    place: 'POST https://edr.example/api/hosts/ws-finance-07/isolate',
    timeoutMs: 10_000,
    secret: 'edr-token',
  },
  request: { method: 'POST', path: '/api/hosts/ws-finance-07/isolate', body: { comment: 'dengta run_0' } },
}

const RUN: RunDetail = {
  ...{
    id: 'run_0',
    playbook: PLAYBOOK.id,
    name: PLAYBOOK.name,
    status: 'waiting',
    asks: 'approval',
    requester: '李静',
  },
  ...{
    reason: 'encoded PowerShell with outbound traffic',
    incident: 'incident_00000',
    ticket: 'ticket_0',
    startedAt: at(7_400),
  },
  ...{
    simulated: true,
    places: [],
    version: 3,
    demand: { level: 'lead', approverDiffers: true },
    approvals: [],
    records: ['b7'.repeat(32)],
  },
  work: {
    ...{ step: 'isolate', name: both('Isolate through the agent', '通过终端代理隔离'), phase: 'do' },
    ...{ commands: [COMMAND], digest: 'c4'.repeat(32), next: 0, attempt: 1 },
  },
  done: [{ step: 'collect', name: both('Collect evidence', '收集证据'), undoable: false, undone: false, lost: false }],
  journal: [
    { kind: 'started', at: at(7_400), actor: '李静' },
    { kind: 'step-succeeded', at: at(7_402), actor: 'engine', step: 'collect', outcome: 'ok', milliseconds: 812 },
    {
      kind: 'approval-asked',
      at: at(7_403),
      actor: 'engine',
      step: 'isolate',
      phase: 'do',
      detail: both('lead', '负责人审批'),
    },
  ],
  may: { approve: true, undo: false, reasons: [] },
}

const ACTUATORS: readonly ActuatorView[] = [
  {
    ...{
      action: 'isolate-host',
      name: both('Isolate a host', '隔离主机'),
      place: 'https://edr.example',
      approval: 'lead',
    },
    target: { kind: 'openc2', url: 'https://edr.example/openc2', secret: 'edr-token' },
    ...{ choice: 3, chosenBy: '李静', chosenAt: at(400) },
  },
  {
    ...{ action: 'block-address', name: both('Block an address', '封禁地址'), place: 'simulator', approval: 'analyst' },
    target: { kind: 'simulator' },
  },
]

const REPLAY: ReplayView = {
  ...{ id: 'replay_0', state: 'running', network: 'birch', origin: 'simulated', source: both('sample', '样例') },
  ...{ speed: 600, startedBy: '李静', startedAt: at(0), incidents: [], records: [] },
  progress: { share: 0.42, step: both('grouping and deciding on alerts', '正在对告警归组并研判') },
}

const act = (seq: number, kind: AuditAct['kind'], more: Pick<AuditAct, 'action' | 'target'> & Partial<AuditAct>) => ({
  ...{ seq: String(seq), at: at(9_000 + seq), actor: seq % 2 ? 'ann' : 'house', detail: '' },
  ...(kind === undefined ? {} : { kind }),
  ...more,
})

/** Six digests that are nobody's. */
const digests = (count: number): string[] => Array.from({ length: count }, (_, i) => `${i}`.repeat(64))

const ACTS: readonly AuditAct[] = [
  act(412, 'run', { action: 'run.start', target: 'run_0', evidence: { of: 'act', records: digests(5), count: 9 } }),
  act(411, 'group', {
    ...{
      action: 'group.confirm',
      target: 'group_0',
      detail: 'LSASS was read by a signed tool from a temporary folder',
    },
    evidence: { of: 'decision', records: digests(1), count: 1 },
  }),
  act(409, 'actuator', { action: 'actuator.choose', target: 'isolate-host', detail: 'https://edr.example' }),
  act(408, 'rule', { action: 'rule.lift', target: '3b6ab547-8ec2-4991-b9d2-000000000007' }),
  act(407, undefined, { action: 'moon.land', target: 'sea of tranquillity' }),
]

/** Playbooks, runs, acts and webhooks, by path. */
export const GOLDEN_RESPONSE: Readonly<Record<string, unknown>> = {
  '/threat/playbooks': { playbooks: [PLAYBOOK] },
  [`/threat/playbooks/${PLAYBOOK.id}`]: PLAYBOOK,
  '/threat/runs': { runs: [RUN] },
  '/threat/actuators': { actuators: ACTUATORS },
  '/threat/replays': { replays: [REPLAY], networks: ['birch'], source: both('sample', '样例') },
  '/threat/runs/run_0': RUN,
  '/threat/audit': { acts: ACTS, total: 412, isMore: false, next: '400' },
  '/threat/webhooks': {
    endpoints: [
      {
        ...{ id: 'siem', url: 'https://siem.example/hook', secrets: ['siem-key'], addedBy: '李静', addedAt: at(0) },
        ...{ pending: 2, delivered: 1_204, dead: 1 },
      },
    ],
  },
  '/threat/deliveries': {
    deliveries: [
      {
        ...{ id: 'msg_1', endpoint: 'siem', type: 'incident.created', state: 'dead', attempts: 8, dueAt: at(100) },
        ...{ lastProblem: 'HTTP 503', createdAt: at(0), endedAt: at(9_000) },
      },
      {
        id: 'msg_2',
        endpoint: 'siem',
        type: 'ticket.closed',
        state: 'pending',
        attempts: 1,
        dueAt: at(8_000),
        createdAt: at(7_900),
      },
    ],
  },
}
