import type { Text } from '@dengta/kernel'
import type { RecordKind } from './index.ts'

/** What people call a kind of record, what it states, and who signs it. */
export interface RecordKindText {
  readonly name: Text
  readonly states: Text
  readonly signedBy: Text
}

const HOUSE: Text = { en: 'the house', zh: '平台' }
const OWNER: Text = { en: 'the owner', zh: '场景与数据的所有方' }
const DEVELOPER: Text = { en: 'the developer', zh: '开发方' }

export const RECORD_KINDS: Readonly<Record<RecordKind, RecordKindText>> = {
  participant: {
    name: { en: 'Participant', zh: '参与方' },
    states: { en: 'A participant has these roles and this public key.', zh: '参与方具有所列角色与公钥。' },
    signedBy: { en: 'the house; its own record is leaf 0 of the log', zh: '平台；平台自身的凭证是日志的第 0 条' },
  },
  scenario: {
    name: { en: 'Scenario', zh: '场景' },
    states: {
      en: 'What hurts, with a measured baseline, and what would count as better.',
      zh: '痛点及其实测基线，以及怎样才算改善。',
    },
    signedBy: OWNER,
  },
  benchmark: {
    name: { en: 'Benchmark', zh: '基准' },
    states: { en: 'How models are measured: task, metric, split.', zh: '如何评测模型：任务、指标与划分方式。' },
    signedBy: OWNER,
  },
  seal: {
    name: { en: 'Seal', zh: '数据封存' },
    states: {
      en: 'A data set was fixed by a commitment; its hidden part stays with the owner.',
      zh: '数据集已由承诺值固定；隐藏部分始终留在所有方。',
    },
    signedBy: OWNER,
  },
  quality: {
    name: { en: 'Quality check', zh: '质量检查' },
    states: { en: 'Faults found in a data set, as counts.', zh: '数据集中发现的问题，仅给出计数。' },
    signedBy: HOUSE,
  },
  leak: {
    name: { en: 'Leak check', zh: '泄漏检查' },
    states: { en: 'Rows that stand on both sides of the split.', zh: '同时出现在划分两侧的数据行。' },
    signedBy: HOUSE,
  },
  submission: {
    name: { en: 'Submission', zh: '提交' },
    states: { en: 'A model or predictions were handed in, by digest.', zh: '提交了模型或预测结果，以摘要标识。' },
    signedBy: DEVELOPER,
  },
  refusal: {
    name: { en: 'Refusal', zh: '退回' },
    states: { en: 'A submission was turned away, and why.', zh: '提交被退回及其原因。' },
    signedBy: HOUSE,
  },
  isolation: {
    name: { en: 'Isolation test', zh: '隔离自检' },
    states: { en: 'How well the sandbox held just before a run.', zh: '运行之前沙箱的隔离效果。' },
    signedBy: HOUSE,
  },
  evaluation: {
    name: { en: 'Evaluation', zh: '评测' },
    states: {
      en: 'A score with its interval on rows that the maker of the model never saw, and what it cost.',
      zh: '在模型开发方从未见过的数据上的得分、区间与所耗资源。',
    },
    signedBy: HOUSE,
  },
  replay: {
    name: { en: 'Replay', zh: '重放' },
    states: { en: 'The same submission was run again: same result or not.', zh: '同一提交重新运行，结果是否一致。' },
    signedBy: { en: 'who asked for it, never the submitter', zh: '提出重放者，但不能是提交者' },
  },
  gate: {
    name: { en: 'Gate decision', zh: '关口判定' },
    states: { en: 'A gate was decided from records alone, with reasons.', zh: '仅依据凭证作出的关口判定及理由。' },
    signedBy: HOUSE,
  },
  plan: {
    name: { en: 'Plan', zh: '排程计划' },
    states: {
      en: 'A day of jobs was placed on sites, chips and power: cost term by term, lower bound, and what the checker found.',
      zh: '一天的作业已排到站点、芯片与功率上：逐项费用、下界及核验结果。',
    },
    signedBy: HOUSE,
  },
  'grid-event': {
    name: { en: 'Grid event', zh: '电网响应事件' },
    states: {
      en: 'The grid asked sites for less power, by how much and when.',
      zh: '电网要求站点降低功率的幅度与时段。',
    },
    signedBy: HOUSE,
  },
  settlement: {
    name: { en: 'Settlement', zh: '响应结算' },
    states: {
      en: 'What a grid event delivered against a stated baseline, and whether that was metered.',
      zh: '电网响应事件相对所述基线的实际交付量，以及是否为实测。',
    },
    signedBy: HOUSE,
  },
  usage: {
    name: { en: 'Usage', zh: '算力用量' },
    states: {
      en: 'What a job of public compute used: chip-hours and energy, metered or estimated, and by which engine.',
      zh: '公共算力作业的实际用量：卡时与能耗（实测或估算）及所用执行引擎。',
    },
    signedBy: HOUSE,
  },
  'rule-set': {
    name: { en: 'Rule set', zh: '检测规则集' },
    states: {
      en: 'Detection rules came into force: how many, how many were refused, and their digest.',
      zh: '检测规则已生效：数量、被拒数量及其摘要。',
    },
    signedBy: HOUSE,
  },
  'triage-model': {
    name: { en: 'Triage model', zh: '研判模型' },
    states: {
      en: 'A triage model was learnt: from which sites, and which risks are proven of it under which bounds.',
      zh: '学得一个研判模型：来自哪些站点，在何种界限下证明了哪些风险。',
    },
    signedBy: HOUSE,
  },
  'triage-decisions': {
    name: { en: 'Triage decisions', zh: '研判决定' },
    states: {
      en: 'A batch of decisions on groups of alerts, by digest and tree head: any one of them can be proven later.',
      zh: '一批告警组的研判决定，以摘要与树根标识，此后可逐条证明。',
    },
    signedBy: HOUSE,
  },
  'response-step': {
    name: { en: 'Response step', zh: '响应步骤' },
    states: {
      en: 'What happened in a step of a response: consent, command, check, undoing, by whom and with which result.',
      zh: '响应步骤中发生的事项：批准、命令、核验或撤销，由谁执行、结果如何。',
    },
    signedBy: HOUSE,
  },
  'incident-closed': {
    name: { en: 'Incident closed', zh: '事件关闭' },
    states: { en: 'An incident was closed with a verdict.', zh: '安全事件已关闭并给出结论。' },
    signedBy: HOUSE,
  },
  'ticket-closed': {
    name: { en: 'Ticket closed', zh: '工单关闭' },
    states: {
      en: 'A ticket was closed, with the time of every stage.',
      zh: '工单已关闭，并列出各阶段的时间。',
    },
    signedBy: HOUSE,
  },
  'threat-replay': {
    name: { en: 'Replay of a log', zh: '日志回放' },
    states: {
      en: 'A log was replayed from end to end: automation, false alarms and missed steps together, as counts.',
      zh: '日志已全流程回放：自动化率、误报与漏报步骤一并以计数给出。',
    },
    signedBy: HOUSE,
  },
}
