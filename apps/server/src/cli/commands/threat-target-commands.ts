import { readFile } from 'node:fs/promises'
import { readDocument } from '@dengta/kernel'
import { type ActuatorTarget, actuatorTarget, type ResponseActionName, responseAction } from '@dengta/sdk'
import { Argument, type Command } from 'commander'
import type { CommandContext } from '../context.ts'
import { targetRows, trialLines } from '../threat/target-lines.ts'
import { targetFileErrors } from '../threat/threat-cli-errors.ts'

const action = (): Argument => new Argument('<action>').choices(responseAction.options)

/** Where the commands of each response action go. */
export function threatTargetCommands(program: Command, { terminal, connect }: CommandContext): void {
  const threat = program.commands.find((each) => each.name() === 'threat')
  if (!threat) throw new TypeError('the offline threat commands come first')
  const targets = threat
    .command('targets')
    .description('where the commands of each response action go: list, try, add, remove · 处置命令的目标')
  targets
    .command('list', { isDefault: true })
    .description('place, the least consent that the action asks for, who chose it · 目标、最低批准级别、由谁指定')
    .action(async () => {
      const list = await connect((client) => client.listActuators())
      terminal.result(list, targetRows(list, terminal))
    })
  targets
    .command('try')
    .description(
      'exactly what the target in a JSON or YAML file would be sent, with sample values · 以示例值试算，不发送',
    )
    .addArgument(action())
    .argument('<file>')
    .action(async (name: ResponseActionName, file: string) => {
      const target = await readTarget(file)
      const trial = await connect((client) => client.tryActuator(name, target))
      terminal.result(trial, trialLines(trial, terminal))
    })
  targets
    .command('add')
    .description('try the target in a file, then send there from now on; owners and this machine only · 启用目标')
    .addArgument(action())
    .argument('<file>')
    .action((name: ResponseActionName, file: string) => choose(name, () => readTarget(file)))
  targets
    .command('remove')
    .description('back to the simulator; what was sent stays in the history · 恢复为模拟器')
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
