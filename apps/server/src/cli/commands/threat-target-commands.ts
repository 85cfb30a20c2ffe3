import { readFile } from 'node:fs/promises'
import { readDocument } from '@dengta/kernel'
import { type ActuatorTarget, actuatorTarget, type ResponseActionName, responseAction } from '@dengta/sdk'
import { Argument, type Command } from 'commander'
import type { CommandContext } from '../context.ts'
import { targetRows, trialLines } from '../threat/target-lines.ts'
import { targetFileErrors } from '../threat/threat-cli-errors.ts'
import { threatGroup } from './command-groups.ts'
import { RESPONSE_WORDS as WORDS } from './threat-response-words.ts'

const action = (): Argument => new Argument('<action>').choices(responseAction.options)

/** Where the commands of each response action go. */
export function threatTargetCommands(program: Command, { terminal, connect }: CommandContext): void {
  const { say } = terminal
  const targets = threatGroup(program, terminal).command('targets').description(say(WORDS.targets))
  targets
    .command('list', { isDefault: true })
    .description(say(WORDS.listTargets))
    .action(async () => {
      const list = await connect((client) => client.listActuators())
      terminal.result(list, targetRows(list, terminal))
    })
  targets
    .command('try')
    .description(say(WORDS.tryTarget))
    .addArgument(action())
    .argument('<file>')
    .action(async (name: ResponseActionName, file: string) => {
      const target = await readTarget(file)
      const trial = await connect((client) => client.tryActuator(name, target))
      terminal.result(trial, trialLines(trial, terminal))
    })
  targets
    .command('add')
    .description(say(WORDS.addTarget))
    .addArgument(action())
    .argument('<file>')
    .action((name: ResponseActionName, file: string) => choose(name, () => readTarget(file)))
  targets
    .command('remove')
    .description(say(WORDS.removeTarget))
    .addArgument(action())
    .action((name: ResponseActionName) => choose(name, async () => ({ kind: 'simulator' })))

  async function choose(name: ResponseActionName, read: () => Promise<ActuatorTarget>): Promise<void> {
    const target = await read()
    const chosen = await connect((client) => client.chooseActuator(name, target))
    terminal.result(chosen, targetRows([chosen], terminal))
  }
}

/** Throws `threat_target.not_yaml` or `.field` with line and field. */
async function readTarget(file: string): Promise<ActuatorTarget> {
  return readDocument(await readFile(file, 'utf8'), actuatorTarget, targetFileErrors).value
}
