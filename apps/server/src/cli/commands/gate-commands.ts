import { Argument, type Command } from 'commander'
import type { CommandContext } from '../context.ts'
import { exitCodeOfGate } from '../exit-codes.ts'
import { gateLine } from '../gate-lines.ts'
import { VERBS } from '../help/help-words.ts'
import { PROVE_WORDS as WORDS } from './prove-words.ts'

export function gateCommands(program: Command, { terminal, connect, exit }: CommandContext): void {
  const { say } = terminal
  program
    .command('gate')
    .argument('<scenario>')
    .addArgument(new Argument('[gate]').choices(['G1', 'G2', 'G3']))
    .argument('[about]')
    .description(say(WORDS.gate))
    .helpGroup(say(VERBS.repeat))
    .addHelpText('after', `\n${say(WORDS.gateAbout)}`)
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
