import type { SettlementQuery } from '@dengta/sdk'
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { CommandContext } from '../context.ts'
import { settlementLines } from '../event-lines.ts'
import { openFile } from '../open-file.ts'
import { readNumber } from '../read-number.ts'
import type { Terminal } from '../terminal.ts'
import { computeGroup } from './command-groups.ts'
import { EVENT_WORDS as WORDS } from './grid-event-words.ts'

type Terms = Exclude<keyof SettlementQuery, 'utcOffsetMinutes'>

interface SettleOptions extends Pick<SettlementQuery, Terms> {
  readonly dryRun?: boolean
}

/** What an event that is over delivered, and what is paid for it. */
export function settleCommands(program: Command, context: CommandContext): void {
  const { terminal, connect } = context
  settleOptions(computeGroup(program, terminal).command('settle <event> [meters]'), terminal).action(
    async (id: string, path: string | undefined, { dryRun, ...query }: SettleOptions) => {
      const upload = path === undefined ? undefined : await openFile(path)
      if (dryRun) {
        const tried = await connect((client) =>
          upload ? client.trySettlement(id, query, upload) : client.tryEstimate(id, query),
        )
        terminal.result(tried, [...settlementLines(tried, terminal), terminal.say(WORDS.notKept)])
        return
      }
      const { settlement, ...event } = await connect((client) =>
        upload ? client.settleEvent(id, query, upload) : client.estimateSettlement(id, query),
      )
      const lines = settlement ? [...settlementLines(settlement, terminal), settlement.record] : []
      terminal.result({ ...event, settlement }, lines)
    },
  )
}

const METHODS = ['high5of10', 'last10', 'sameDay3and2', 'meterBefore']

function settleOptions(command: Command, terminal: Pick<Terminal, 'say'>): Command {
  const { say } = terminal
  const read = readNumber(terminal)
  return command
    .description(say(WORDS.settle))
    .addOption(new Option('--method <name>', say(WORDS.method)).choices(METHODS).default('meterBefore'))
    .option('--holidays <dates>', say(WORDS.holidays))
    .option('--leave-out <dates>', say(WORDS.leaveOut))
    .option('--yuan-per-kwh <number>', say(WORDS.paid), read, 0)
    .option('--shortfall-yuan-per-kwh <number>', say(WORDS.shortfall), read, 0)
    .option('--availability-yuan-per-kw <number>', say(WORDS.availability), read, 0)
    .addOption(
      new Option('--tolerance <percent>', say(WORDS.tolerance)).argParser(readTolerance(terminal)).default(0.1, '10'),
    )
    .option('--dry-run', say(WORDS.dryRun))
}

/** Percent of the promise, 0 to 100, as a share. */
function readTolerance(terminal: Pick<Terminal, 'say'>) {
  const read = readNumber(terminal)
  return (text: string): number => {
    const value = read(text)
    if (value < 0 || value > 100) throw new InvalidArgumentError(terminal.say(WORDS.badTolerance))
    return value / 100
  }
}
