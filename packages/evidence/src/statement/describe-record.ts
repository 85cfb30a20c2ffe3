import type { Text } from '@dengta/kernel'
import type { Predicate, RecordKind } from '../predicates/index.ts'
import type { Statement } from '../record.ts'
import { kindOf } from './statement.ts'

const OUTCOMES = { done: '完成', failed: '失败', cancelled: '取消' } as const

const short = (digest: string) => `${digest.slice(0, 8)}…`
const figure = (value: number) => String(Number(value.toPrecision(4)))
const percent = (share: number) => `${figure(100 * share)} %`
const interval = ({ value, low, high }: { value: number; low: number; high: number }) =>
  `${figure(value)} [${figure(low)}, ${figure(high)}]`

const HELD: Readonly<Record<'true' | 'false', Text>> = {
  true: { en: 'held', zh: '有效' },
  false: { en: 'did not hold', zh: '失效' },
}

const VERDICT: Readonly<Record<'pass' | 'fail', Text>> = {
  pass: { en: 'passed', zh: '通过' },
  fail: { en: 'failed', zh: '未通过' },
}

const GATE: Readonly<Record<Predicate<'gate'>['decision'], Text>> = {
  OPEN: { en: 'open', zh: '开放' },
  CLOSED: { en: 'closed', zh: '关闭' },
  NOT_PROVEN: { en: 'not proven', zh: '未证实' },
}

const ROLE: Readonly<Record<Predicate<'participant'>['roles'][number], string>> = {
  owner: '所有方',
  developer: '开发方',
  operator: '运营方',
  auditor: '审计方',
}

const STAGE: Readonly<Record<Predicate<'refusal'>['stage'], string>> = { check: '检查', run: '运行', score: '评分' }

const FOUND: Readonly<Record<Predicate<'incident-closed'>['verdict'], string>> = {
  attack: '攻击',
  benign: '正常',
  unclear: '不明',
}

const RESPONSE_EVENT: Readonly<Record<Predicate<'response-step'>['event'], string>> = {
  consent: '批准',
  refusal: '拒绝',
  command: '命令',
  check: '核验',
  hand: '人工确认',
  end: '结束',
}

const ratio = ({ count, of }: { readonly count: number; readonly of: number }) => `${count}/${of}`

const SENTENCES: { readonly [K in RecordKind]: (predicate: Predicate<K>) => Text } = {
  participant: ({ actor, name, participant, roles }) => ({
    en: `${actor} registered ${name} (${participant}) as ${roles.join(', ') || 'a participant without a role'}`,
    zh: `${actor} 登记了参与方 ${name}（${participant}），角色：${roles.map((role) => ROLE[role]).join('、') || '无'}`,
  }),
  scenario: ({ actor, title, requirement }) => ({
    en: `${actor} stated the scenario "${title.en}", acceptance criteria: ${requirement.criteria.length}`,
    zh: `${actor} 发布了场景“${title.zh}”，含 ${requirement.criteria.length} 条验收准则`,
  }),
  benchmark: ({ actor, benchmark, metric, title }) => ({
    en: `${actor} defined the benchmark ${benchmark} "${title.en}", measured by ${metric}`,
    zh: `${actor} 定义了基准 ${benchmark}“${title.zh}”，指标为 ${metric}`,
  }),
  seal: ({ actor, dataset, rows, hiddenRows, commitment }) => ({
    en: `${actor} sealed the data set ${dataset}: ${rows} rows, ${hiddenRows} of them hidden, commitment ${short(commitment)}`,
    zh: `${actor} 封存了数据集 ${dataset}：共 ${rows} 行，其中隐藏 ${hiddenRows} 行，承诺值 ${short(commitment)}`,
  }),
  quality: ({ actor, dataset, verdict, rowsChecked, faults }) => ({
    en: `${actor} checked the quality of ${dataset}: ${VERDICT[verdict].en}, kinds of fault in ${rowsChecked} rows: ${faults.length}`,
    zh: `${actor} 检查了 ${dataset} 的数据质量：${VERDICT[verdict].zh}，${rowsChecked} 行中发现 ${faults.length} 类问题`,
  }),
  leak: ({ actor, dataset, verdict, exactRows, nearRows, hiddenRows }) => ({
    en: `${actor} checked ${dataset} for leaks: ${VERDICT[verdict].en}, ${exactRows} of ${hiddenRows} hidden rows stand in the open part too, ${nearRows} nearly so`,
    zh: `${actor} 检查了 ${dataset} 的泄漏：${VERDICT[verdict].zh}，${hiddenRows} 行隐藏数据中有 ${exactRows} 行与公开部分相同，${nearRows} 行近似`,
  }),
  submission: ({ actor, name, form, benchmark, model }) => ({
    en: `${actor} handed in "${name}" (${form}, ${short(model)}) to ${benchmark}`,
    zh: `${actor} 向 ${benchmark} 提交了“${name}”（${form}，${short(model)}）`,
  }),
  refusal: ({ actor, submission, stage, code }) => ({
    en: `${actor} turned the submission ${submission} away at the stage of the ${stage}: ${code}`,
    zh: `${actor} 在${STAGE[stage]}阶段退回了提交 ${submission}：${code}`,
  }),
  isolation: ({ actor, submission, level, held, probes }) => ({
    en: `${actor} tried the sandbox (${level}) before ${submission}: it ${HELD[`${held}`].en}; attacks tried: ${probes.length}`,
    zh: `${actor} 在运行 ${submission} 前试探了沙箱（${level}）：隔离${HELD[`${held}`].zh}，共试 ${probes.length} 种攻击`,
  }),
  evaluation: ({ actor, result }) => ({
    en: `${actor} scored model ${short(result.model)} on ${result.benchmark}: ${result.metric} ${interval(result.score)}, ${result.rows} hidden rows`,
    zh: `${actor} 在 ${result.benchmark} 上评测了模型 ${short(result.model)}：${result.metric} ${interval(result.score)}，隐藏数据 ${result.rows} 行`,
  }),
  replay: ({ actor, submission, same }) => ({
    en: `${actor} ran ${submission} again: ${same ? 'the result is the same, byte for byte' : 'the result differs'}`,
    zh: `${actor} 重放了 ${submission}：${same ? '结果逐字节一致' : '结果不一致'}`,
  }),
  gate: ({ actor, gate, about, decision, reasons }) => ({
    en: `${actor} decided gate ${gate} for ${about}: ${GATE[decision].en}, reasons given: ${reasons.length}`,
    zh: `${actor} 对 ${about} 判定关口 ${gate}：${GATE[decision].zh}，依据 ${reasons.length} 条理由`,
  }),
  plan: ({ actor, day, jobs, unserved, yuan, gap, boundWeak }) => ({
    en: `${actor} planned the day ${day}: ${jobs - unserved} of ${jobs} jobs placed for ${yuan.toFixed(0)} yuan, at most ${percent(gap)} above the bound${boundWeak ? ' (bound weak)' : ''}`,
    zh: `${actor} 完成了 ${day} 的排程：${jobs} 个作业中排入 ${jobs - unserved} 个，费用 ${yuan.toFixed(0)} 元，距下界至多 ${percent(gap)}${boundWeak ? '（下界偏弱）' : ''}`,
  }),
  'grid-event': ({ actor, event, sites, from, to, depth }) => ({
    en: `${actor} announced the grid event ${event}: ${percent(depth)} less power at ${sites.join(', ')} from ${from} to ${to}`,
    zh: `${actor} 发布了电网响应事件 ${event}：${sites.join('、')} 自 ${from} 至 ${to} 降低功率 ${percent(depth)}`,
  }),
  settlement: ({ actor, event, deliveredKwh, requestedKwh, source }) => ({
    en: `${actor} settled the grid event ${event}: ${figure(deliveredKwh)} of ${figure(requestedKwh)} kWh delivered (${source})`,
    zh: `${actor} 结算了电网响应事件 ${event}：要求 ${figure(requestedKwh)} 千瓦时，交付 ${figure(deliveredKwh)} 千瓦时（${source === 'metered' ? '实测' : '估算'}）`,
  }),
  usage: ({ actor, outcome, engine, chips, chip, chipHours, energy }) => ({
    en: `${actor} counted what a job used: ${figure(chipHours)} chip-hours on ${chips} ${chip} (${engine}, ${outcome})${energy ? `, ${figure(energy.joules / 1000)} kJ (${energy.method})` : ''}`,
    zh: `${actor} 统计了一个作业的用量：${chips} 片 ${chip}，${figure(chipHours)} 卡时（${engine}，${OUTCOMES[outcome]}）${energy ? `，${figure(energy.joules / 1000)} 千焦（${energy.method === 'metered' ? '实测' : '估算'}）` : ''}`,
  }),
  'rule-set': ({ actor, rules, correlations, refused, hash }) => ({
    en: `${actor} put ${rules} detection rules and ${correlations} correlations into force (${short(hash)}), ${refused} refused`,
    zh: `${actor} 启用了 ${rules} 条检测规则与 ${correlations} 条关联规则（${short(hash)}），拒绝 ${refused} 条`,
  }),
  'triage-model': ({ actor, model, sites, proof }) => ({
    en: `${actor} learnt the triage model ${model} from ${sites.length} sites: ${proof ? `at most ${percent(proof.falseAlarms.upper)} false alarms and ${percent(proof.missed.upper)} missed steps proven` : 'nothing proven, people decide'}`,
    zh: `${actor} 由 ${sites.length} 个站点学得研判模型 ${model}：${proof ? `已证明误报至多 ${percent(proof.falseAlarms.upper)}、漏报步骤至多 ${percent(proof.missed.upper)}` : '尚无证明，由人员决定'}`,
  }),
  'triage-decisions': ({ actor, decisions, actions, root }) => ({
    en: `${actor} sealed ${decisions} triage decisions (${short(root)}): ${actions.close + actions.suppress} closed, ${actions.escalate} escalated, ${actions.hand_over} handed over`,
    zh: `${actor} 封存了 ${decisions} 条研判决定（${short(root)}）：关闭 ${actions.close + actions.suppress} 条，上报 ${actions.escalate} 条，移交 ${actions.hand_over} 条`,
  }),
  'response-step': ({ by, run, step, event, result }) => ({
    en: `${by}, ${event} in the response ${run}, step ${step}: ${result}`,
    zh: `${by} 在响应 ${run} 的步骤 ${step} 中：${RESPONSE_EVENT[event]}，结果 ${result}`,
  }),
  'incident-closed': ({ by, incident, verdict, groups, alerts }) => ({
    en: `${by} closed the incident ${incident} as ${verdict}: ${groups} groups, ${alerts} alerts`,
    zh: `${by} 关闭了事件 ${incident}，结论：${FOUND[verdict]}，共 ${groups} 个告警组、${alerts} 条告警`,
  }),
  'ticket-closed': ({ by, ticket, severity, looks }) => ({
    en: `${by} closed the ticket ${ticket} (${severity}) after ${looks} looks`,
    zh: `${by} 关闭了工单 ${ticket}（${severity}），查看 ${looks} 次`,
  }),
  'threat-replay': ({ actor, replay, automaticGroups, falseGroups, missedSteps, labels }) => ({
    en: `${actor} replayed ${replay}: ${ratio(automaticGroups)} groups automatic, ${ratio(falseGroups)} benign groups shown, ${ratio(missedSteps)} steps missed (labels: ${labels})`,
    zh: `${actor} 完成回放 ${replay}：自动处置 ${ratio(automaticGroups)} 组，误报 ${ratio(falseGroups)} 组，漏报步骤 ${ratio(missedSteps)}（标签来源：${labels}）`,
  }),
}

/** One plain sentence that says what a record states. */
export function describeRecord({ statement }: { readonly statement: Statement }): Text {
  const sentence = SENTENCES[kindOf(statement)] as (predicate: Statement['predicate']) => Text
  return sentence(statement.predicate)
}
