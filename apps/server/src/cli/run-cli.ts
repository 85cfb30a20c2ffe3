import { type AppError, toAppError } from '@dengta/kernel'
import { ApiError } from '@dengta/sdk'
import { CommanderError } from 'commander'
import { readConfig } from '../config.ts'
import { cliErrors } from './cli-errors.ts'
import { connect } from './connect.ts'
import type { CommandContext } from './context.ts'
import { createProgram } from './create-program.ts'
import { EXIT, exitCodeOf } from './exit-codes.ts'
import { createTerminal, languageOf, type Streams, type Terminal } from './terminal.ts'

export interface CliProcess extends Streams {
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Runs one `dengta` command line; answers its exit code. Every failure ends here as one line that says what to do next. */
export async function runCli(words: readonly string[], process: CliProcess): Promise<number> {
  const language = lastGiven(words, '--lang') ?? languageOf(process.env)
  const terminal = createTerminal(process, language === 'zh' ? 'zh' : 'en', words.includes('--json'))
  let code: number = EXIT.ok
  const context: CommandContext = {
    config: () => readConfig(process.env),
    terminal,
    connect: (work) => connect({ env: process.env, actAs: lastGiven(words, '--as'), terminal }, work),
    exit: (next) => {
      code = next
    },
  }
  try {
    await createProgram(context, process).parseAsync([...words], { from: 'user' })
    return code
  } catch (error) {
    return report(error, terminal, process)
  }
}

function report(thrown: unknown, terminal: Terminal, { stderr }: Streams): number {
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? EXIT.ok : EXIT.usage
  if (thrown instanceof ApiError) return explain(thrown.code, terminal.say(thrown.text), statusExit(thrown.status))
  const error = fileError(thrown) ?? toAppError(thrown)
  if (error.code === 'house.unexpected') stderr.write(`${String((error.cause as Error)?.stack ?? error.cause)}\n`)
  return explain(
    error.code,
    terminal.say(error.text),
    error.code === 'house.unexpected' ? EXIT.internal : exitCodeOf(error.kind),
  )

  function explain(code: string, text: string, exit: number): number {
    terminal.note({ en: `✗ ${text} [${code}]`, zh: `✗ ${text} [${code}]` })
    return exit
  }
}

/** What the system says of a path that the caller chose. */
const OF_PATHS: ReadonlySet<string> = new Set('ENOENT EACCES EPERM EISDIR ENOTDIR ENAMETOOLONG ELOOP EROFS'.split(' '))

function fileError(thrown: unknown): AppError | undefined {
  const { code, path, syscall } = (thrown ?? {}) as NodeJS.ErrnoException
  // the system names no path here
  if (code === 'EISDIR' && syscall === 'read') return cliErrors.is_folder({}, thrown)
  if (code === 'ENOSPC' || code === 'EDQUOT') return cliErrors.disk_full({}, thrown)
  if (!path || !code || !OF_PATHS.has(code)) return undefined
  return cliErrors.unreadable_file({ path, reason: code }, thrown)
}

function statusExit(status: number): number {
  if (status === 401 || status === 403) return EXIT.forbidden
  if (status === 0 || status >= 500) return EXIT.unavailable
  return status === 400 || status === 404 ? EXIT.usage : EXIT.refused
}

/** The value of a global option wherever it stands, as `--as plant` or `--as=plant`; the last one counts. */
function lastGiven(words: readonly string[], option: string): string | undefined {
  const at = words.findLastIndex((word) => word === option || word.startsWith(`${option}=`))
  return words[at] === option ? words[at + 1] : words[at]?.slice(option.length + 1)
}
