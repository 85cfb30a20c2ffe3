import { type Argument, Help, type HelpConfiguration, type Option } from 'commander'
import { cellWidth } from '../table.ts'
import type { Terminal } from '../terminal.ts'
import { TITLES } from './help-words.ts'
import { placeholdersInChinese } from './placeholders.ts'
import { wrapText } from './wrap-text.ts'

type Speaker = Pick<Terminal, 'say' | 'language'>

/** Help as commander lays it out, in one language: headings, placeholders, choices, and widths in cells. */
export function houseHelp({ say, language }: Speaker): HelpConfiguration {
  const plain = new Help()
  const named = (usage: string): string => (language === 'zh' ? placeholdersInChinese(usage) : usage)
  return {
    displayWidth: cellWidth,
    boxWrap: wrapText,
    styleTitle: (title) => {
      const known = TITLES[title]
      return known ? say(known) : title
    },
    commandUsage: (command) => named(plain.commandUsage(command)),
    subcommandTerm: (command) => named(plain.subcommandTerm(command)),
    optionTerm: (option) => named(plain.optionTerm(option)),
    optionDescription: (option) => described(option, say),
    argumentDescription: (argument) => described(argument, say),
  }
}

type Described = Pick<Option | Argument, 'description' | 'argChoices' | 'defaultValue' | 'defaultValueDescription'>

/** The description with choices and default behind it. */
function described(
  { description, argChoices, defaultValue, defaultValueDescription }: Described,
  say: Terminal['say'],
): string {
  const usual = defaultValueDescription ?? String(defaultValue)
  const choices = argChoices?.join(', ')
  const more = [
    ...(choices === undefined ? [] : [say({ en: `choices: ${choices}`, zh: `可选 ${choices}` })]),
    ...(defaultValue === undefined ? [] : [say({ en: `default: ${usual}`, zh: `默认 ${usual}` })]),
  ]
  if (more.length === 0) return description
  return description + say({ en: ` (${more.join('; ')})`, zh: `（${more.join('；')}）` })
}
