import {
  type CloseIncident,
  type IncidentQuery,
  type ReopenIncident,
  type ThreatLevel,
  type TicketActionBody,
  type TicketQuery,
  threatLevel,
  ticketState,
} from '@dengta/sdk'
import { type Command, Option } from 'commander'
import type { CommandContext } from '../context.ts'
import { given } from '../given.ts'
import { jsonText } from '../json-text.ts'
import { readWhole } from '../read-number.ts'
import { incidentLines, incidentRows, ticketLines, ticketRows, timeLines } from '../threat/incident-lines.ts'
import { threatGroup } from './command-groups.ts'
import { OPTION } from './option-words.ts'
import { SAYING_WORDS, STEP_WORDS, SHIFT_WORDS as WORDS } from './threat-shift-words.ts'

/** Incidents and tickets, for a person on shift. */
export function threatShiftCommands(program: Command, context: CommandContext): void {
  const threat = threatGroup(program, context.terminal)
  incidentCommands(threat, context)
  ticketCommands(threat, context)
}

function incidentCommands(threat: Command, { terminal, connect }: CommandContext): void {
  const { say } = terminal
  const incidents = threat.command('incidents').description(say(WORDS.incidents))
  incidents
    .command('list', { isDefault: true })
    .description(say(WORDS.newest))
    .addOption(new Option('--state <state>', say(OPTION.state)).choices(['candidate', 'open', 'closed']))
    .option('--network <name>', say(OPTION.network))
    .option('--text <words>', say(WORDS.text))
    .option('--limit <number>', say(OPTION.limit), readWhole(terminal), 50)
    .action(async ({ state, network, text, limit }: IncidentQuery) => {
      const query = given({ state, network, text, limit })
      const page = await connect((client) => client.listIncidents(query))
      terminal.result(page, incidentRows(page, terminal))
    })
  incidents
    .command('show <id>')
    .description(say(WORDS.showIncident))
    .action(async (id: string) => {
      const incident = await connect((client) => client.getIncident(id))
      terminal.result(incident, incidentLines(incident, terminal))
    })
  incidents
    .command('ocsf <id>')
    .description(say(WORDS.incidentOcsf))
    .action(async (id: string) => {
      const finding = await connect(async (client) => (await client.downloadIncidentFinding(id)).json())
      terminal.result(finding, [jsonText(finding)])
    })
  incidents
    .command('close <id>')
    .description(say(WORDS.closeIncident))
    .addOption(
      new Option('--verdict <verdict>', say(WORDS.verdict))
        .choices(['attack', 'benign', 'unclear'])
        .makeOptionMandatory(),
    )
    .requiredOption('--reason <words>', say(OPTION.why))
    .action(async (id: string, { verdict, reason }: CloseIncident) => {
      const incident = await connect((client) => client.closeIncident(id, { verdict, reason }))
      terminal.result(incident, incidentLines(incident, terminal))
    })
  incidents
    .command('reopen <id>')
    .description(say(WORDS.reopenIncident))
    .requiredOption('--reason <words>', say(OPTION.why))
    .action(async (id: string, { reason }: ReopenIncident) => {
      const incident = await connect((client) => client.reopenIncident(id, { reason }))
      terminal.result(incident, incidentLines(incident, terminal))
    })
}

const STEPS = ['acknowledge', 'start', 'respond', 'look', 'close'] as const

const SAYINGS = [
  ['assign', 'person', (to) => ({ kind: 'assign', to })],
  ['note', 'words', (text) => ({ kind: 'note', text })],
  ['wait', 'words', (reason) => ({ kind: 'wait', reason })],
  ['resolve', 'words', (resolution) => ({ kind: 'resolve', resolution })],
  ['reopen', 'words', (reason) => ({ kind: 'reopen', reason })],
] as const satisfies readonly (readonly [string, string, (words: string) => TicketActionBody])[]

function ticketCommands(threat: Command, { terminal, connect }: CommandContext): void {
  const { say } = terminal
  const tickets = threat.command('tickets').description(say(WORDS.tickets))
  const act = async (id: string, action: TicketActionBody): Promise<void> => {
    const ticket = await connect((client) => client.actOnTicket(id, action))
    terminal.result(ticket, ticketLines(ticket, terminal))
  }
  tickets
    .command('list', { isDefault: true })
    .description(say(WORDS.latestChanged))
    .addOption(new Option('--state <state>', say(OPTION.state)).choices(ticketState.options))
    .option('--limit <number>', say(OPTION.limit), readWhole(terminal), 200)
    .action(async ({ state, limit }: TicketQuery) => {
      const { tickets: found } = await connect((client) => client.listTickets(given({ state, limit })))
      terminal.result(found, ticketRows(found, terminal))
    })
  tickets
    .command('show <id>')
    .description(say(WORDS.showTicket))
    .action(async (id: string) => {
      const ticket = await connect((client) => client.getTicket(id))
      terminal.result(ticket, ticketLines(ticket, terminal))
    })
  tickets
    .command('times')
    .description(say(WORDS.times))
    .action(async () => {
      const times = await connect((client) => client.getTicketTimes())
      terminal.result(times, timeLines(times, terminal))
    })
  tickets
    .command('open <title>')
    .description(say(WORDS.open))
    .addOption(new Option('--severity <level>', say(WORDS.severity)).choices(threatLevel.options).makeOptionMandatory())
    .action(async (title: string, { severity }: { severity: ThreatLevel }) => {
      const ticket = await connect((client) => client.openTicket({ title, severity }))
      terminal.result(ticket, ticketLines(ticket, terminal))
    })
  handOverCommand(tickets, { terminal, connect })
  for (const kind of STEPS)
    tickets
      .command(`${kind} <id>`)
      .description(say(STEP_WORDS[kind]))
      .action((id: string) => act(id, { kind }))
  for (const [kind, argument, action] of SAYINGS)
    tickets
      .command(`${kind} <id> <${argument}>`)
      .description(say(SAYING_WORDS[kind]))
      .action((id: string, words: string) => act(id, action(words)))
}

const HOUR_MS = 3_600_000

/** The end of the shift is now: whoever hands over asks at that moment. */
function handOverCommand(tickets: Command, { terminal, connect }: Pick<CommandContext, 'terminal' | 'connect'>): void {
  tickets
    .command('hand-over')
    .description(terminal.say(WORDS.handOver))
    .option('--hours <number>', terminal.say(WORDS.hours), readWhole(terminal), 8)
    .action(async ({ hours }: { hours: number }) => {
      const to = new Date()
      const shift = { from: new Date(to.getTime() - hours * HOUR_MS).toISOString(), to: to.toISOString() }
      const report = await connect((client) => client.getHandOver(shift))
      terminal.result(report, [terminal.say(report).trimEnd()])
    })
}
