import { type GroupDetail, type GroupView, type QueuePage, saidReason, type Text } from '@dengta/sdk'
import { called } from '../state-words.ts'
import { formatTable } from '../table.ts'
import type { Terminal } from '../terminal.ts'

type Say = Pick<Terminal, 'say'>

/** Groups that wait for people, and how many there are beyond those shown. */
export function queueRows({ groups, total, judgedToday }: QueuePage, { say }: Say): string[] {
  const rows = groups.map(({ id, level, decision, alerts, host, network, signature, incident }) => [
    ...[
      id,
      say(called('level', level)),
      say(called('decision', decision.action)),
      decision.score.toFixed(2),
      `${alerts} ×`,
    ],
    ...[host, network, signature],
    incident === undefined ? '' : incident,
  ])
  return [
    ...formatTable(rows),
    say({
      en: `${groups.length} of ${total} waiting groups; you judged ${judgedToday} today`,
      zh: `等待处理 ${total} 组，此处列出 ${groups.length} 组；您今日已研判 ${judgedToday} 组`,
    }),
  ]
}

/** One group, why the model decided as it did, what was like it, and every verdict that it had. */
export function groupLines(group: GroupDetail, { say }: Say): string[] {
  const { id, level, host, network, signature, alerts, first, last, incident, suppressedBy } = group
  const fields: [Text, string][] = [
    [WORDS.accounts, group.accounts.join(', ')],
    [WORDS.addresses, group.addresses.join(', ')],
    [WORDS.processes, group.processes.join(', ')],
    [WORDS.techniques, group.techniques.join(', ')],
    [WORDS.incident, incident ?? ''],
    [WORDS.suppressed, suppressedBy === undefined ? '' : say(suppressedBy)],
    [WORDS.firstAlert, group.firstAlert],
  ]
  return [
    `${id}  ${say(called('level', level))}  ${network}`,
    `${signature}  ${host}  ${alerts} ×  ${first} – ${last}`,
    ...fields.filter(([, value]) => value !== '').map(([name, value]) => `${say(name)}: ${value}`),
    ...decisionLines(group.decision, { say }),
    ...similarLines(group.similar, { say }),
    ...group.history.map((each) => verdictLine(each, { say })),
  ]
}

function decisionLines(decision: GroupView['decision'], { say }: Say): string[] {
  const { action, score, threshold, reason, contributions, history, model, record } = decision
  const limit = threshold === undefined ? '' : ` (${say(WORDS.threshold)} ${threshold.toFixed(2)})`
  return [
    `${say(WORDS.decision)}: ${say(called('decision', action))}  ${score.toFixed(2)}${limit}`,
    `  ${say(saidReason(reason))}`,
    ...formatTable(
      contributions.map(({ what, adds }) => [`  ${adds < 0 ? '−' : '+'}${Math.abs(adds).toFixed(2)}`, say(what)]),
    ),
    `  ${say({
      en: `${history.attacks} of ${history.cases} judged groups of this signature were attacks`,
      zh: `该特征已有结论的 ${history.cases} 组中，${history.attacks} 组为攻击`,
    })}`,
    `  ${say(WORDS.model)} ${model}${record === undefined ? '' : `  ${say(WORDS.record)} ${record}`}`,
  ]
}

function similarLines(similar: GroupDetail['similar'], { say }: Say): string[] {
  if (similar.length === 0) return []
  const rows = similar.map(({ verdict, distance, network, host, first, group = '' }) => [
    ...[`  ${say(called('verdict', verdict))}`, distance.toFixed(2), network, host, first, group],
  ])
  return [`${say(WORDS.similar)}:`, ...formatTable(rows)]
}

function verdictLine({ kind, by, at, reason, until, undoneBy }: GroupDetail['history'][number], { say }: Say): string {
  const end = until === undefined ? '' : `  ${say(WORDS.until)} ${until}`
  const undone = undoneBy === undefined ? '' : `  (${say(WORDS.undoneBy)} ${undoneBy})`
  return `${say(WORDS.verdict)}: ${say(called('disposition', kind))}  ${by}  ${at}${end}  ${reason}${undone}`
}

const WORDS = {
  accounts: { en: 'accounts', zh: '账号' },
  addresses: { en: 'addresses', zh: '地址' },
  processes: { en: 'processes', zh: '进程' },
  techniques: { en: 'techniques', zh: '技术' },
  incident: { en: 'incident', zh: '安全事件' },
  suppressed: { en: 'out of the queue', zh: '已移出队列' },
  firstAlert: { en: 'first alert', zh: '首个告警' },
  decision: { en: 'decision', zh: '模型决定' },
  threshold: { en: 'threshold', zh: '阈值' },
  model: { en: 'model', zh: '模型' },
  record: { en: 'record', zh: '凭证' },
  similar: {
    en: 'judged before, nearest first (distance in log-odds)',
    zh: '已有结论的相似案例，近者在前（距离为对数几率）',
  },
  verdict: { en: 'verdict', zh: '结论' },
  until: { en: 'until', zh: '截至' },
  undoneBy: { en: 'undone by', zh: '撤销人' },
} satisfies Record<string, Text>
