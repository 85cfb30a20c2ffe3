const WORD = /(?:[^\s'"\\]|'[^']*'|"(?:[^"\\]|\\.)*"|\\.)+/gs
const PART = /'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)/gs

/**
 * The words of a command as a POSIX shell splits them: quotes and backslashes hold together, nothing is expanded. Undefined
 * where a quote is not closed.
 */
export function commandWords(command: string): readonly string[] | undefined {
  if (command.replace(WORD, '').trim() !== '') return undefined
  return (command.match(WORD) ?? []).map((word) =>
    word.replace(PART, (_, plain?: string, quoted?: string, escaped?: string) =>
      quoted === undefined ? (plain ?? escaped ?? '') : quoted.replace(/\\(["\\$`])/g, '$1'),
    ),
  )
}
