import type { Text } from '@dengta/kernel'
import type { Command } from 'commander'
import { runDemo, startHouse } from '../../start-house.ts'
import type { CommandContext } from '../context.ts'
import { VERBS } from '../help/help-words.ts'

export function startCommands(program: Command, context: CommandContext): void {
  const { say } = context.terminal
  program
    .command('start')
    .description(say(WORDS.start))
    .helpGroup(say(VERBS.house))
    .option('--no-programme', say(WORDS.noProgramme))
    .action(async (options: { programme: boolean }) => {
      const house = await startHouse(context.config(), context.terminal, options)
      await house.untilStopped
    })

  program
    .command('demo')
    .description(say(WORDS.demo))
    .helpGroup(say(VERBS.house))
    .action(() => runDemo(context.config(), context.terminal))
}

const WORDS = {
  start: {
    en: 'open the data folder, run the sample programme if it has not run, and serve the console',
    zh: '打开数据目录，运行尚未运行过的示例项目，并启动控制台',
  },
  noProgramme: { en: 'serve without the sample programme', zh: '启动时不运行示例项目' },
  demo: {
    en: 'run the sample programme from pain point to decided gates, without serving',
    zh: '运行示例项目，从痛点到关口判定，不启动服务',
  },
} satisfies Record<string, Text>
