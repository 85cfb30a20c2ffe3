import { defineErrors } from '@dengta/kernel'
import { type GridEventView, gridRequest, settlementCsv } from '@dengta/sdk'
import { type Command, InvalidArgumentError } from 'commander'
import { rehearsalLines } from '../compute-lines.ts'
import type { CommandContext } from '../context.ts'
import { eventLines, eventRows } from '../event-lines.ts'
import { readNumber, readWhole } from '../read-number.ts'
import type { Terminal } from '../terminal.ts'
import { computeGroup } from './command-groups.ts'
import { EVENT_WORDS as WORDS } from './grid-event-words.ts'

export const eventCliErrors = defineErrors('event_cli', {
  not_settled: {
    kind: 'conflict',
    en: 'the event {id} is not settled yet; settle it once it is over with `dengta compute settle {id}`',
    zh: '事件 {id} 尚未结算；结束后请用 `dengta compute settle {id}` 结算',
  },
})

/** Grid events of the house: tried, announced, and what was asked, promised and delivered. */
export function gridEventCommands(program: Command, context: CommandContext): void {
  const compute = computeGroup(program, context.terminal)
  askCommands(compute, context)
  readCommands(compute, context)
}

interface EventOptions {
  readonly from: string
  readonly minutes: number
  readonly depth: number
  readonly notice: number
  readonly sites?: string
}

const requestOf = ({ from, minutes, depth, notice, sites }: EventOptions) => ({
  ...{ from, minutes, depth: depth / 100, noticeMinutes: notice },
  ...(sites !== undefined && { sites: sites.split(',') }),
})

function askCommands(compute: Command, { terminal, connect }: CommandContext): void {
  const { say } = terminal
  const asked = (command: Command): Command =>
    command
      .requiredOption('--from <time>', say(WORDS.from), readClock(terminal))
      .option('--minutes <count>', say(WORDS.minutes), readWhole(terminal), 60)
      .option('--depth <percent>', say(WORDS.depth), readDepth(terminal), 25)
      .option('--notice <minutes>', say(WORDS.notice), readWhole(terminal), 0)
      .option('--sites <names>', say(WORDS.sites))
  asked(compute.command('rehearse <plan>').description(say(WORDS.rehearse))).action(
    async (plan: string, options: EventOptions) => {
      const tried = await connect((client) => client.rehearseEvent(plan, requestOf(options)))
      terminal.result(tried, rehearsalLines(tried, terminal))
    },
  )
  asked(compute.command('announce <plan>').description(say(WORDS.announce))).action(
    async (plan: string, options: EventOptions) => {
      const event = await connect((client) => client.announceEvent({ plan, ...requestOf(options) }))
      terminal.result(event, [`${event.id}  ${event.from} - ${event.to}  ${event.record}`])
    },
  )
}

/** HH:MM after the start of the day, which may be longer than 24 hours. */
function readClock({ say }: Pick<Terminal, 'say'>) {
  return (text: string): string => {
    if (!gridRequest.shape.from.safeParse(text).success) throw new InvalidArgumentError(say(WORDS.badTime))
    return text
  }
}

/** Percent of planned power: above 0, at most 100. */
function readDepth(terminal: Pick<Terminal, 'say'>) {
  const read = readNumber(terminal)
  return (text: string): number => {
    const value = read(text)
    if (value <= 0 || value > 100) throw new InvalidArgumentError(terminal.say(WORDS.badDepth))
    return value
  }
}

function readCommands(compute: Command, { terminal, connect }: CommandContext): void {
  const { say } = terminal
  const events = compute.command('events').description(say(WORDS.events))
  events
    .command('list', { isDefault: true })
    .description(say(WORDS.list))
    .action(async () => {
      const list = await connect((client) => client.listGridEvents())
      terminal.result(list, eventRows(list, terminal))
    })
  events
    .command('show <event>')
    .description(say(WORDS.show))
    .action(async (id: string) => {
      const event = await connect((client) => client.getGridEvent(id))
      terminal.result(event, eventLines(event, terminal))
    })
  events
    .command('minutes <event>')
    .description(say(WORDS.perMinute))
    .action(async (id: string) => {
      const event = await connect((client) => client.getGridEvent(id))
      terminal.result(event.settlement?.columns, [minutesOf(event)])
    })
}

/** Throws `event_cli.not_settled`. */
function minutesOf(event: GridEventView): string {
  if (!event.settlement) throw eventCliErrors.not_settled({ id: event.id })
  return settlementCsv(event, event.settlement).trimEnd()
}
