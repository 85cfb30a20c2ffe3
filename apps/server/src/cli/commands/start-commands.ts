import type { Command } from 'commander'
import { runDemo, startHouse } from '../../start-house.ts'
import type { CommandContext } from '../context.ts'

export function startCommands(program: Command, context: CommandContext): void {
  program
    .command('start')
    .description('open the data folder, run the sample programme if it has not run, and serve the console · 启动')
    .helpGroup('House 系统:')
    .option('--no-programme', 'serve without the sample programme')
    .action(async (options: { programme: boolean }) => {
      const house = await startHouse(context.config(), context.terminal, options)
      await house.untilStopped
    })

  program
    .command('demo')
    .description('run the sample programme from pain point to decided gates, without serving · 演示')
    .helpGroup('House 系统:')
    .action(() => runDemo(context.config(), context.terminal))
}
