import {
  type CloseIncident,
  type IncidentQuery,
  type ReopenIncident,
  type ThreatLevel,
  type TicketActionBody,
  type TicketQuery,
  threatLevel,
} from '@dengta/sdk'
import { type Command, Option } from 'commander'
import type { CommandContext } from '../context.ts'
import { given } from '../given.ts'
import { readWhole } from '../read-number.ts'
import { incidentLines, incidentRows, ticketLines, ticketRows, timeLines } from '../threat/incident-lines.ts'

/** Incidents and tickets, for a person on shift. */
export function threatShiftCommands(program: Command, context: CommandContext): void {
  const threat = program.commands.find((each) => each.name() === 'threat')
  if (!threat) throw new TypeError('the offline threat commands come first')
  incidentCommands(threat, context)
  ticketCommands(threat, context)
}

function incidentCommands(threat: Command, { terminal, connect }: CommandContext): void {
  const incidents = threat
    .command('incidents')
    .description('incidents: list, show, close with a verdict, reopen, as OCSF · 安全事件')
  incidents
    .command('list', { isDefault: true })
    .description('the newest first')
    .addOption(new Option('--state <state>', 'only these').choices(['candidate', 'open', 'closed']))
    .option('--network <name>', 'only of this network')
    .option('--text <words>', 'looked for in title, hosts and signatures')
    .option('--limit <number>', 'so many at most', readWhole, 50)
    .action(async ({ state, network, text, limit }: IncidentQuery) => {
      const query = given({ state, network, text, limit })
      const page = await connect((client) => client.listIncidents(query))
      terminal.result(page, incidentRows(page, terminal))
    })
  incidents
    .command('show <id>')
    .description('timeline, techniques, tickets, runs, and playbooks that fit')
    .action(async (id: string) => {
      const incident = await connect((client) => client.getIncident(id))
      terminal.result(incident, incidentLines(incident, terminal))
    })
  incidents
    .command('ocsf <id>')
    .description('as an OCSF 1.5.0 incident finding, JSON, for any SIEM')
    .action(async (id: string) => {
      const finding = await connect(async (client) => (await client.downloadIncidentFinding(id)).json())
      terminal.result(finding, [JSON.stringify(finding)])
    })
  incidents
    .command('close <id>')
    .description('its open groups take the verdict; the closing is put on record')
    .addOption(
      new Option('--verdict <verdict>', 'what it was').choices(['attack', 'benign', 'unclear']).makeOptionMandatory(),
    )
    .requiredOption('--reason <words>', 'why')
    .action(async (id: string, { verdict, reason }: CloseIncident) => {
      const incident = await connect((client) => client.closeIncident(id, { verdict, reason }))
      terminal.result(incident, incidentLines(incident, terminal))
    })
  incidents
    .command('reopen <id>')
    .description('its tickets are opened again with it; verdicts and the record of the closing stay')
    .requiredOption('--reason <words>', 'why')
    .action(async (id: string, { reason }: ReopenIncident) => {
      const incident = await connect((client) => client.reopenIncident(id, { reason }))
      terminal.result(incident, incidentLines(incident, terminal))
    })
}

const STEPS = [
  ['acknowledge', 'take it: the ticket is yours unless somebody has it'],
  ['start', 'work on it'],
  ['respond', 'mark the first action against the cause'],
  ['look', 'count a group looked at'],
  ['close', 'a resolved ticket; the closing is put on record'],
] as const

const SAYINGS = [
  ['assign', 'person', 'hand it to a participant', (to) => ({ kind: 'assign', to })],
  ['note', 'words', 'add a note', (text) => ({ kind: 'note', text })],
  ['wait', 'words', 'say what it waits for', (reason) => ({ kind: 'wait', reason })],
  ['resolve', 'words', 'say how it was resolved', (resolution) => ({ kind: 'resolve', resolution })],
  ['reopen', 'words', 'say why it is opened again', (reason) => ({ kind: 'reopen', reason })],
] as const satisfies readonly (readonly [string, string, string, (words: string) => TicketActionBody])[]

function ticketCommands(threat: Command, { terminal, connect }: CommandContext): void {
  const tickets = threat.command('tickets').description('tickets: list, show, move on, note, times · 工单')
  const act = async (id: string, action: TicketActionBody): Promise<void> => {
    const ticket = await connect((client) => client.actOnTicket(id, action))
    terminal.result(ticket, ticketLines(ticket, terminal))
  }
  tickets
    .command('list', { isDefault: true })
    .description('the latest changed first')
    .option('--state <state>', 'new, acknowledged, in-progress, waiting, resolved, closed or reopened')
    .option('--limit <number>', 'so many at most', readWhole, 200)
    .action(async ({ state, limit }: TicketQuery) => {
      const { tickets: found } = await connect((client) => client.listTickets(given({ state, limit })))
      terminal.result(found, ticketRows(found, terminal))
    })
  tickets
    .command('show <id>')
    .description('its clock, what it is about, notes, and what may be done now')
    .action(async (id: string) => {
      const ticket = await connect((client) => client.getTicket(id))
      terminal.result(ticket, ticketLines(ticket, terminal))
    })
  tickets
    .command('times')
    .description('minutes to detect, acknowledge, respond, resolve, close')
    .action(async () => {
      const times = await connect((client) => client.getTicketTimes())
      terminal.result(times, timeLines(times, terminal))
    })
  tickets
    .command('open <title>')
    .description('a ticket of your own making; incidents open theirs by themselves · 新建工单')
    .addOption(new Option('--severity <level>', 'how grave').choices(threatLevel.options).makeOptionMandatory())
    .action(async (title: string, { severity }: { severity: ThreatLevel }) => {
      const ticket = await connect((client) => client.openTicket({ title, severity }))
      terminal.result(ticket, ticketLines(ticket, terminal))
    })
  handOverCommand(tickets, { terminal, connect })
  for (const [kind, about] of STEPS)
    tickets
      .command(`${kind} <id>`)
      .description(about)
      .action((id: string) => act(id, { kind }))
  for (const [kind, argument, about, action] of SAYINGS)
    tickets
      .command(`${kind} <id> <${argument}>`)
      .description(about)
      .action((id: string, words: string) => act(id, action(words)))
}

const HOUR_MS = 3_600_000

/** The end of the shift is now: whoever hands over asks at that moment. */
function handOverCommand(tickets: Command, { terminal, connect }: Pick<CommandContext, 'terminal' | 'connect'>): void {
  tickets
    .command('hand-over')
    .description('the report for the next shift, Markdown: open, closed, times · 交接班报告')
    .option('--hours <number>', 'so many hours back', readWhole, 8)
    .action(async ({ hours }: { hours: number }) => {
      const to = new Date()
      const shift = { from: new Date(to.getTime() - hours * HOUR_MS).toISOString(), to: to.toISOString() }
      const report = await connect((client) => client.getHandOver(shift))
      terminal.result(report, [terminal.say(report).trimEnd()])
    })
}
