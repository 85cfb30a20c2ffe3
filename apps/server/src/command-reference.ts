import type { Language } from '@dengta/kernel'
import type { Argument, Command } from 'commander'
import { everyCommand, pathOf, programToRead } from './cli/help/program-to-read.ts'

/** docs/reference/commands.md: every command with its arguments and what it does, in both languages. */
export function commandReference(): string {
  const [english, chinese] = [commandsIn('en'), commandsIn('zh')]
  const rows = english.map(
    (command, i) => `| \`${usageOf(command)}\` | ${command.description()} | ${chinese[i]?.description()} |`,
  )
  return [
    '# Commands · 命令',
    '',
    'Options stand in the help of each command: `npx dengta COMMAND --help`. This page is written from the code; a test holds it.',
    '',
    '各命令的选项见其帮助：`npx dengta 命令 --help`。本页由代码生成，并由测试保证一致。',
    '',
    '| command | English | 中文 |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n')
}

/** Those that do something by themselves, not those that only hold others. */
function commandsIn(language: Language): Command[] {
  const { stdout, stderr } = process
  return everyCommand(programToRead(language, { stdout, stderr })).filter(({ commands }) => commands.length === 0)
}

const usageOf = (command: Command): string =>
  [pathOf(command), ...command.registeredArguments.map(placeholderOf)].join(' ')

function placeholderOf(argument: Argument): string {
  const name = argument.name() + (argument.variadic ? '...' : '')
  return argument.required ? `<${name}>` : `[${name}]`
}
