import { spawn } from 'node:child_process'
import { slurmErrors } from './slurm-errors.ts'

export interface CommandOptions {
  readonly input?: string | undefined
  readonly env?: Readonly<Record<string, string>> | undefined
  readonly timeoutSeconds?: number | undefined
  /** Called with each whole line of the standard output as it comes. */
  readonly onLine?: ((line: string) => void) | undefined
}

export interface CommandResult {
  readonly code: number
  readonly output: string
  readonly problem: string
}

/**
 * Runs a program with its arguments as they are: no shell, no inherited environment. Never throws for an exit code. One that is
 * not done in time is ended and given up on, also where something that it started still holds its output open.
 */
export function tryCommand(words: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  const [program = '', ...rest] = words
  const { timeoutSeconds = 60, onLine } = options
  return new Promise((resolve) => {
    const child = spawn(program, rest, { env: { PATH, LC_ALL: 'C.UTF-8', ...options.env }, cwd: '/', detached: true })
    const output: Buffer[] = []
    const problem: Buffer[] = []
    const end = (code: number, fault?: string) => {
      clearTimeout(timer)
      resolve({ code, output: String(Buffer.concat(output)), problem: fault ?? String(Buffer.concat(problem)).trim() })
    }
    const timer = setTimeout(() => {
      killGroup(child.pid)
      for (const stream of [child.stdout, child.stderr]) stream.destroy()
      end(TIMED_OUT, `it did not end within ${timeoutSeconds} s`)
    }, 1000 * timeoutSeconds)
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk))
    if (onLine) eachLine(child.stdout, onLine)
    child.stderr.on('data', (chunk: Buffer) => problem.push(chunk))
    child.stdin.on('error', () => undefined)
    child.stdin.end(options.input ?? '')
    child.on('error', (error) => end(127, error.message))
    child.on('close', (code, signal) => end(code ?? 128, signal ? `ended by ${signal}` : undefined))
  })
}

/** The same, where any exit code but 0 is `slurm.command_failed`. Answers the standard output. */
export async function runCommand(words: readonly string[], options: CommandOptions = {}): Promise<string> {
  const { code, output, problem } = await tryCommand(words, options)
  if (code === 0) return output
  throw slurmErrors.command_failed({ command: brief(words), problem: problem || output.trim() || `exit code ${code}` })
}

const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** The exit code of timeout(1). */
const TIMED_OUT = 124

/** The program and what it has started: killing nsenter alone would leave the program behind it. */
function killGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended; only a process of another group holds its output open.
  }
}

/** The words of a command without the way into the namespace, short enough for one line. */
function brief(words: readonly string[]): string {
  const text = words.slice(words.indexOf('--') + 1).join(' ')
  return text.length > 120 ? `${text.slice(0, 120)}...` : text
}

function eachLine(stream: NodeJS.ReadableStream, onLine: (line: string) => void): void {
  let rest = ''
  stream.on('data', (chunk: Buffer) => {
    const lines = (rest + String(chunk)).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) onLine(line)
  })
}
