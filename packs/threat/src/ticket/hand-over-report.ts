import { type Language, saidPercent, type Text } from '@dengta/kernel'
import type { MachineTime, ModelledMinutes } from './handling-time.ts'
import type { Severity, Ticket } from './ticket.ts'
import type { TicketTimes, TimeFigure } from './ticket-times.ts'
import { STATE_WORDS } from './ticket-words.ts'

export interface ShiftPeriod {
  /** RFC 3339, UTC; `to` is not part of the shift. */
  readonly from: string
  readonly to: string
}

/** Tickets as far as they are named, and how many there are. */
export interface Listed {
  readonly total: number
  readonly tickets: readonly Ticket[]
}

export interface HandOverParts {
  readonly shift: ShiftPeriod
  /** Those that are not closed, the gravest first. */
  readonly open: Listed
  /** Those closed in the shift. */
  readonly closed: Listed
  /** Of all that were open in the shift or changed in it. */
  readonly times: TicketTimes
  readonly modelled: ModelledMinutes
  readonly machine: MachineTime
}

const SEVERITIES: readonly (readonly [Severity, Text])[] = [
  ['critical', { en: 'critical', zh: '严重' }],
  ['high', { en: 'high', zh: '高' }],
  ['medium', { en: 'medium', zh: '中' }],
  ['low', { en: 'low', zh: '低' }],
  ['informational', { en: 'informational', zh: '提示' }],
]
const WORDS = {
  title: { en: 'Hand-over', zh: '交接班报告' },
  open: { en: 'Open tickets', zh: '未结工单' },
  none: { en: 'None.', zh: '无。' },
  closed: { en: 'Closed in this shift', zh: '本班关闭' },
  times: { en: 'Times (minutes)', zh: '时长（分钟）' },
  head: {
    en: '| ticket | severity | state | assignee | waits for | last note |',
    zh: '| 工单 | 级别 | 状态 | 处理人 | 等待 | 最近备注 |',
  },
  timeHead: { en: '| | tickets | mean | median | no time yet |', zh: '| | 工单数 | 平均 | 中位数 | 尚无时间 |' },
  detect: { en: 'to detect (MTTD)', zh: '检测（MTTD）' },
  acknowledge: { en: 'to acknowledge (MTTA)', zh: '受理（MTTA）' },
  respond: { en: 'to respond (MTTR)', zh: '响应（MTTR）' },
  close: { en: 'to close', zh: '关闭' },
} satisfies Record<string, Text>

const COLON: Text = { en: ': ', zh: '：' }

/** What the next shift must know, as Markdown in one language. Text of people is shown as text: it cannot make rows or markup. */
export function handOverReport(parts: HandOverParts, language: Language): string {
  const { shift, open, closed, times, modelled, machine } = parts
  const say = (text: Text) => text[language]
  return [
    `# ${say(WORDS.title)} ${minute(shift.from)} – ${minute(shift.to)} UTC`,
    `## ${say(WORDS.open)}${say(COLON)}${open.total}`,
    open.total === 0
      ? say(WORDS.none)
      : [say(WORDS.head), row(6), ...open.tickets.map((each) => openRow(each, language))].join('\n'),
    ...moreThan(open).map(say),
    `## ${say(WORDS.closed)}${say(COLON)}${closed.total}`,
    closed.total === 0
      ? say(WORDS.none)
      : closed.tickets
          .map(({ id, title, resolution }) => `- ${cell(id)} ${cell(say(title))}${say(COLON)}${cell(resolution ?? '')}`)
          .join('\n'),
    ...moreThan(closed).map(say),
    `## ${say(WORDS.times)}`,
    [
      ...[say(WORDS.timeHead), row(5)],
      ...(['detect', 'acknowledge', 'respond', 'close'] as const).map((name) => timeRow(say(WORDS[name]), times[name])),
    ].join('\n'),
    `${say(modelledText(modelled))}\n\n${say(machineText(machine))}`,
    '',
  ]
    .join('\n\n')
    .trimEnd()
    .concat('\n')
}

const rank = new Map(SEVERITIES.map(([severity], i) => [severity, i]))

function moreThan({ total, tickets }: Listed): Text[] {
  const more = total - tickets.length
  if (more === 0) return []
  return [{ en: `And ${more} more: see the board.`, zh: `另有 ${more} 张，见工单看板。` }]
}

const row = (columns: number): string => `|${' --- |'.repeat(columns)}`

function openRow(ticket: Ticket, language: Language): string {
  const severity = SEVERITIES[rank.get(ticket.severity) as number]?.[1][language] ?? ticket.severity
  const state = STATE_WORDS[ticket.state][language]
  const parts = [
    `${ticket.id} ${ticket.title[language]}`,
    severity,
    state,
    ticket.assignee ?? '–',
    ticket.waitingFor ?? '',
    ticket.notes.at(-1)?.text ?? '',
  ]
  return `| ${parts.map(cell).join(' | ')} |`
}

function timeRow(name: string, { count, mean, median, without }: TimeFigure): string {
  const shown = (value: number | undefined) => (value === undefined ? '–' : value.toFixed(1))
  return `| ${name} | ${count} | ${shown(mean)} | ${shown(median)} | ${without} |`
}

function modelledText({ looks, minutesPerLook, minutes, baselineMinutes, share }: ModelledMinutes): Text {
  const percent = share === undefined ? '–' : saidPercent(share, 1)
  return {
    en: `Modelled, not measured: ${looks} x ${minutesPerLook} minutes of looking = ${minutes} minutes of people, ${percent} of the declared baseline of ${baselineMinutes} minutes.`,
    zh: `模型估算，并非实测：查看 ${looks} 次，每次 ${minutesPerLook} 分钟，共 ${minutes} 人工分钟，为所声明基线 ${baselineMinutes} 分钟的 ${percent}。`,
  }
}

function machineText({ commands, milliseconds }: MachineTime): Text {
  const seconds = (milliseconds / 1000).toFixed(1)
  return {
    en: `Measured: machines spent ${seconds} seconds on ${commands} ${commands === 1 ? 'command' : 'commands'}.`,
    zh: `实测：${commands} 条命令共耗机器时间 ${seconds} 秒。`,
  }
}

/** To the minute; who reads the report, and where, is not known. */
const minute = (time: string): string => time.slice(0, 16).replace('T', ' ')

/** One line, at most 200 characters, with all Markdown and HTML taken literally. */
function cell(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  const short = line.length > 200 ? `${line.slice(0, 199)}…` : line
  return short.replace(/[\\`*_{}[\]()#+!|<>~&-]/g, '\\$&')
}
