import type { Command } from 'commander'
import type { CommandContext } from '../context.ts'
import { exitCodeOfGate } from '../exit-codes.ts'
import { gateLine } from '../gate-lines.ts'

export function gateCommands(program: Command, { terminal, connect, exit }: CommandContext): void {
  program
    .command('gate <scenario> [gate] [about]')
    .description('show the gates of a scenario; with GATE and ABOUT, decide one and sign the decision · 关口')
    .helpGroup('Repeat 复制:')
    .addHelpText(
      'after',
      '\nABOUT: a benchmark for G2, a submission for G3, the scenario itself for G1.\nExit code of a decision: 0 OPEN, 10 CLOSED, 11 NOT PROVEN.',
    )
    .action(async (scenario: string, gate?: 'G1' | 'G2' | 'G3', about = scenario) => {
      if (!gate) {
        const gates = await connect((client) => client.listGates(scenario))
        terminal.result(
          gates,
          gates.flatMap((each) => gateLine(each, terminal)),
        )
        return
      }
      const decided = await connect((client) => client.decideGate(scenario, { gate, about }))
      terminal.result(decided, gateLine(decided, terminal))
      exit(exitCodeOfGate(decided.decision))
    })
}
