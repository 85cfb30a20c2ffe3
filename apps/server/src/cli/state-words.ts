import type { Role } from '@dengta/kernel'
import {
  type DeliveryView,
  type DispositionKind,
  EFFORTS,
  GRID_ACTIONS,
  type GroupView,
  type IncidentRow,
  JOB_STATES,
  PLAN_STATES,
  type PlanView,
  type PlaybookRow,
  type RunRow,
  type ScenarioView,
  type SubmissionView,
  type Text,
  type ThreatVerdict,
  type TicketView,
  TRUST_CLASSES,
  wordFor,
} from '@dengta/sdk'
import { RUN_STATUSES } from '@dengta/threat'

type Words<Code extends string> = Readonly<Record<Code, Text>>

const LEVEL: Words<IncidentRow['severity']> = {
  informational: { en: 'info', zh: '提示' },
  low: { en: 'low', zh: '低' },
  medium: { en: 'medium', zh: '中' },
  high: { en: 'high', zh: '高' },
  critical: { en: 'critical', zh: '严重' },
}

const INCIDENT: Words<IncidentRow['state']> = {
  candidate: { en: 'candidate', zh: '候选' },
  open: { en: 'open', zh: '处置中' },
  closed: { en: 'closed', zh: '已关闭' },
}

const VERDICT: Words<ThreatVerdict> = {
  attack: { en: 'attack', zh: '攻击' },
  benign: { en: 'benign', zh: '良性' },
  unclear: { en: 'unclear', zh: '存疑' },
}

const DISPOSITION: Words<DispositionKind> = {
  confirm: VERDICT.attack,
  benign: VERDICT.benign,
  suppress: { en: 'suppressed', zh: '抑制' },
  unclear: VERDICT.unclear,
}

const DECISION: Words<GroupView['decision']['action']> = {
  close: { en: 'closed by the model', zh: '模型自动关闭' },
  suppress: { en: 'suppressed by the model', zh: '模型自动抑制' },
  escalate: { en: 'escalated', zh: '已升级' },
  hand_over: { en: 'handed over', zh: '转人工' },
}

const TICKET: Words<TicketView['state']> = {
  new: { en: 'new', zh: '新建' },
  acknowledged: { en: 'acknowledged', zh: '已受理' },
  'in-progress': { en: 'in progress', zh: '处理中' },
  waiting: { en: 'waiting', zh: '等待中' },
  resolved: { en: 'resolved', zh: '已解决' },
  closed: { en: 'closed', zh: '已关闭' },
  reopened: { en: 'reopened', zh: '重新打开' },
}

const STAGE: Words<keyof TicketView['clock']> = {
  event: { en: 'event', zh: '事件发生' },
  detected: { en: 'detected', zh: '发现' },
  acknowledged: { en: 'acknowledged', zh: '受理' },
  responded: { en: 'responded', zh: '响应' },
  resolved: { en: 'resolved', zh: '解决' },
  closed: { en: 'closed', zh: '关闭' },
}

/** The names of the figures that tickets are measured by. */
const TIME: Words<'detect' | 'acknowledge' | 'respond' | 'resolve' | 'close'> = {
  detect: { en: 'detect', zh: STAGE.detected.zh },
  acknowledge: { en: 'acknowledge', zh: STAGE.acknowledged.zh },
  respond: { en: 'respond', zh: STAGE.responded.zh },
  resolve: { en: 'resolve', zh: STAGE.resolved.zh },
  close: { en: 'close', zh: STAGE.closed.zh },
}

const ASKS: Words<NonNullable<RunRow['asks']>> = {
  approval: { en: 'approval', zh: '审批' },
  manual: { en: 'work by hand', zh: '人工操作' },
  uncertain: { en: 'word on what happened', zh: '确认执行结果' },
}

const APPROVAL: Words<PlaybookRow['approval']> = {
  none: { en: 'no approval', zh: '无需审批' },
  analyst: { en: 'analyst', zh: '分析师审批' },
  lead: { en: 'lead', zh: '负责人审批' },
  'two-people': { en: 'two people', zh: '双人审批' },
}

const ACTION: Words<TicketView['actions'][number]> = {
  acknowledge: { en: 'acknowledge', zh: '受理' },
  start: { en: 'start', zh: '开始处理' },
  wait: { en: 'wait', zh: '转为等待' },
  resolve: { en: 'resolve', zh: '解决' },
  close: { en: 'close', zh: '关闭' },
  reopen: { en: 'reopen', zh: '重新打开' },
  respond: { en: 'respond', zh: '标记首次响应' },
  look: { en: 'look', zh: '记一次查看' },
  assign: { en: 'assign', zh: '指派' },
  note: { en: 'note', zh: '添加备注' },
  link: { en: 'link', zh: '关联' },
}

const FROM: Words<PlaybookRow['from']> = {
  house: { en: 'house', zh: '灯塔自带' },
  imported: { en: 'imported', zh: '导入' },
}

const DELIVERY: Words<DeliveryView['state']> = {
  pending: { en: 'pending', zh: '待送达' },
  delivered: { en: 'delivered', zh: '已送达' },
  dead: { en: 'dead', zh: '死信' },
}

/** What a line of a journal tells; how it came out is below. */
const JOURNAL: Readonly<Record<string, Text>> = {
  started: { en: 'started', zh: '启动' },
  'approval-asked': { en: 'consent asked for', zh: '请求审批' },
  approved: { en: 'consent given', zh: '批准' },
  'approval-refused': { en: 'consent refused', zh: '拒绝审批' },
  intended: { en: 'about to send', zh: '准备发送' },
  answered: { en: 'answered', zh: '收到应答' },
  verified: { en: 'verified', zh: '验证' },
  'manual-asked': { en: 'work by hand asked for', zh: '请求人工操作' },
  'manual-answered': { en: 'work by hand reported', zh: '报告人工操作' },
  uncertain: { en: 'outcome not known', zh: '结果不明' },
  'step-succeeded': { en: 'step succeeded', zh: '步骤成功' },
  'step-failed': { en: 'step failed', zh: '步骤失败' },
  'undo-asked': { en: 'undoing asked for', zh: '请求撤销' },
  undone: { en: 'undone', zh: '已撤销' },
  ended: { en: 'ended', zh: '结束' },
}

const OUTCOME: Readonly<Record<string, Text>> = {
  succeeded: RUN_STATUSES.succeeded,
  failed: RUN_STATUSES.failed,
  unknown: { en: 'not known', zh: '未知' },
  cancelled: RUN_STATUSES.cancelled,
  undone: RUN_STATUSES.undone,
  'undo-failed': RUN_STATUSES['undo-failed'],
}

const SUBMISSION: Words<SubmissionView['state']> = {
  waiting: { en: 'waiting', zh: '等待中' },
  running: { en: 'running', zh: '运行中' },
  scored: { en: 'scored', zh: '已评分' },
  refused: { en: 'refused', zh: '已拒绝' },
}

const CHECK: Words<'pass' | 'fail'> = {
  pass: { en: 'pass', zh: '通过' },
  fail: { en: 'fail', zh: '未通过' },
}

const PLAN_KIND: Words<PlanView['kind']> = {
  day: { en: 'day', zh: '整日' },
  replan: { en: 're-plan', zh: '重排' },
}

const ORIGIN: Words<PlanView['origin']> = {
  real: { en: 'real', zh: '真实' },
  simulated: { en: 'simulated', zh: '模拟' },
}

const SCENARIO: Words<ScenarioView['stage']> = {
  pain: { en: 'pain', zh: '痛点已提出' },
  requirement: { en: 'requirement', zh: '需求已成立' },
  data: { en: 'data', zh: '数据已就绪' },
  benchmark: { en: 'benchmark', zh: '结果已验证' },
}

const ROLE: Words<Role> = {
  owner: { en: 'owner', zh: '所有方' },
  developer: { en: 'developer', zh: '开发方' },
  operator: { en: 'operator', zh: '运营方' },
  auditor: { en: 'auditor', zh: '审计方' },
}

const WORDS = {
  origin: ORIGIN,
  scenario: SCENARIO,
  role: ROLE,
  plan: PLAN_STATES,
  effort: EFFORTS,
  planKind: PLAN_KIND,
  job: JOB_STATES,
  grid: GRID_ACTIONS,
  trust: TRUST_CLASSES,
  submission: SUBMISSION,
  check: CHECK,
  level: LEVEL,
  incident: INCIDENT,
  verdict: VERDICT,
  disposition: DISPOSITION,
  decision: DECISION,
  ticket: TICKET,
  action: ACTION,
  stage: STAGE,
  time: TIME,
  run: RUN_STATUSES,
  asks: ASKS,
  approval: APPROVAL,
  from: FROM,
  delivery: DELIVERY,
  journal: JOURNAL,
  outcome: OUTCOME,
} satisfies Record<string, Readonly<Record<string, Text>>>

/** A code of the API as people call it, the same as in the console; one that is not known here stays as it is. */
export const called = (what: keyof typeof WORDS, code: string): Text => wordFor(WORDS[what], code)
