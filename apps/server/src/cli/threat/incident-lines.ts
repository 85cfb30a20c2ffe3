import {
  type IncidentDetail,
  type IncidentPage,
  shellWord,
  type Text,
  type TicketTimesView,
  type TicketView,
} from '@dengta/sdk'
import { called } from '../state-words.ts'
import { formatTable } from '../table.ts'
import type { Terminal } from '../terminal.ts'

type Say = Pick<Terminal, 'say'>

export function incidentRows({ incidents, total }: IncidentPage, { say }: Say): string[] {
  const rows = incidents.map(({ id, severity, state, verdict, network, title }) => [
    ...[id, say(called('level', severity)), say(called('incident', state))],
    ...[verdict === undefined ? '–' : say(called('verdict', verdict)), network, say(title)],
  ])
  const more = { en: `${incidents.length} of ${total}`, zh: `${total} 起中的 ${incidents.length} 起` }
  return [...formatTable(rows), ...(incidents.length < total ? [say(more)] : [])]
}

export function incidentLines(detail: IncidentDetail, { say }: Say): string[] {
  const { id, severity, state, verdict, title, timeline, tickets, runs, suggestions, seenTechniques, record } = detail
  const fields: [Text, string][] = [
    [WORDS.techniques, seenTechniques.map((each) => `${each.id} ${each.name}`).join(', ')],
    [WORDS.tickets, tickets.map((each) => `${each.id} ${say(called('ticket', each.state))}`).join(', ')],
    [WORDS.runs, runs.map((each) => `${each.id} ${say(called('run', each.status))} ${say(each.playbook)}`).join(', ')],
    [WORDS.record, record ?? ''],
    [WORDS.mergedInto, detail.mergedInto ?? ''],
  ]
  return [
    [id, say(called('level', severity)), say(called('incident', state)), verdict ? say(called('verdict', verdict)) : '']
      .join('  ')
      .trimEnd(),
    say(title),
    ...formatTable(timeline.map((each) => [each.first, each.host, `${each.alerts} ×`, each.signature, each.group])),
    ...shownOf(detail).map(say),
    ...fields.filter(([, value]) => value !== '').map(([name, value]) => `${say(name)}: ${value}`),
    ...suggestions.map(({ playbook, name, inputs }) => {
      const given = Object.entries(inputs).map(([input, value]) => `--input ${shellWord(`${input}=${value}`)}`)
      return `${say(WORDS.fits)}: ${say(name)}  npx dengta threat run dry ${shellWord(playbook)} ${given.join(' ')}`
    }),
  ]
}

/** Of a large incident a part of the groups is shown. */
function shownOf({ timeline, groups }: IncidentDetail): Text[] {
  const shown = timeline.length
  if (shown >= groups) return []
  return [
    {
      en: `${shown} of ${groups} groups, those of the highest score`,
      zh: `共 ${groups} 个告警组，仅列出得分最高的 ${shown} 个`,
    },
  ]
}

const DONE: ReadonlySet<TicketView['state']> = new Set(['resolved', 'closed'])

export function ticketRows(tickets: readonly TicketView[], { say }: Say): string[] {
  return formatTable(
    tickets.map(({ id, severity, state, assignee, quietSince, title }) => [
      ...[
        id,
        say(called('level', severity)),
        say(called('ticket', state)),
        assignee ?? '–',
        quietSince === undefined || DONE.has(state) ? '' : say(WORDS.quietMark),
        say(title),
      ],
    ]),
  )
}

export function ticketLines(ticket: TicketView, { say }: Say): string[] {
  const { id, severity, state, title, clock, links, notes, actions, quietSince } = ticket
  const fields: [Text, string | undefined][] = [
    [WORDS.assignee, ticket.assignee],
    [WORDS.waitingFor, ticket.waitingFor],
    [WORDS.resolution, ticket.resolution],
    [WORDS.about, links.map((each) => each.id).join(', ')],
    [WORDS.record, ticket.record],
    [WORDS.possible, actions.map((each) => say(called('action', each))).join(', ')],
  ]
  return [
    `${id}  ${say(called('level', severity))}  ${say(called('ticket', state))}`,
    say(title),
    ...(quietSince === undefined ? [] : [`${say(WORDS.quiet)} ${quietSince}`]),
    ...formatTable(Object.entries(clock).map(([stage, at = '–']) => [`  ${say(called('stage', stage))}`, at])),
    ...fields.filter(([, value]) => value).map(([name, value]) => `${say(name)}: ${value}`),
    ...notes.map(({ at, author, text }) => `  ${at}  ${author}: ${text}`),
  ]
}

export function timeLines(times: TicketTimesView, { say }: Say): string[] {
  const stages = ['detect', 'acknowledge', 'respond', 'resolve', 'close'] as const
  const minutes = (value: number | undefined) => (value === undefined ? '–' : value.toFixed(1))
  const rows = stages.map((stage) => {
    const { count, without, mean, median } = times[stage]
    return [say(called('time', stage)), minutes(mean), minutes(median), String(count), String(without)]
  })
  const delay = times.triageDelayMinutes
  return [
    ...formatTable([HEADS.map(say), ...rows]),
    say({
      en: `over ${times.tickets} tickets detected in ${times.days} days`,
      zh: `${times.days} 天内检出的 ${times.tickets} 张工单`,
    }),
    say({
      en: `detect is declared, not measured, for tickets that a flow opened: ${delay} min after the first alert, in the time of the events`,
      zh: `由数据流自动生成的工单，“发现”用时为声明值而非实测：首个告警之后 ${delay} 分钟（按事件时间）`,
    }),
  ]
}

const HEADS: readonly Text[] = [
  { en: 'stage', zh: '阶段' },
  { en: 'mean, min', zh: '平均（分钟）' },
  { en: 'median, min', zh: '中位（分钟）' },
  { en: 'tickets', zh: '工单数' },
  { en: 'not yet', zh: '尚未发生' },
]

const WORDS = {
  techniques: { en: 'techniques', zh: '技术' },
  tickets: { en: 'tickets', zh: '工单' },
  runs: { en: 'runs', zh: '响应' },
  record: { en: 'record', zh: '凭证' },
  mergedInto: { en: 'turned out to be part of', zh: '已并入' },
  fits: { en: 'fits', zh: '适用剧本' },
  assignee: { en: 'assigned to', zh: '负责人' },
  waitingFor: { en: 'waits for', zh: '等待' },
  resolution: { en: 'resolution', zh: '解决说明' },
  about: { en: 'about', zh: '关联' },
  possible: { en: 'possible now', zh: '当前可执行' },
  quietMark: { en: 'incident ended', zh: '安全事件已结束' },
  quiet: {
    en: 'its incident ended by itself, without a verdict, at',
    zh: '其安全事件已自行结束（无人下过结论），时间',
  },
} satisfies Record<string, Text>
