import type { Language } from '@dengta/kernel'
import type { Command } from 'commander'
import { createProgram } from '../create-program.ts'
import { createTerminal, type Streams } from '../terminal.ts'

/** Every command in a language, to be read: none of them can reach or open anything. */
export function programToRead(language: Language, streams: Streams): Command {
  const none = (): never => {
    throw new TypeError('this program is only read')
  }
  const terminal = createTerminal(streams, language, false)
  return createProgram({ terminal, config: none, connect: none, exit: none }, streams)
}

/** A command and all below it, in the order of the help. */
export const everyCommand = (command: Command): Command[] => [command, ...command.commands.flatMap(everyCommand)]

/** `dengta compute plan`. */
export const pathOf = (command: Command): string =>
  command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name()
