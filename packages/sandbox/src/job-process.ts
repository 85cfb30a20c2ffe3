import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { constants } from 'node:os'
import type { Duplex } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { killQuietly } from './control-group-files.ts'
import type { Plan } from './job-plan.ts'
import { LogTail } from './log-tail.ts'

/** A job that prints more is stopped: reading it would take the server's time. */
const PRINTED_BYTES_MAX = 16 * 1024 * 1024
/** What is left of an ended job gets this long to let go of the pipe of its log, in milliseconds. */
const LET_GO = 500

interface Ending {
  readonly exitCode: number | undefined
  readonly signal: string | undefined
}

/** The running process of a job, leader of a process group of its own. */
export interface JobProcess {
  readonly pid: number
  /** Resolves when the first process has ended; others of the job may still be dying. */
  readonly exited: Promise<Ending>
  kill(): void
  /** The last of what it printed; waits a moment for what is still on its way. */
  log(): Promise<string>
}

export interface JobProcessOptions {
  readonly folder: string
  /** Called once if the job prints without measure. */
  readonly onOverflow: () => void
}

/** Starts a planned job; throws what spawn throws. */
export async function startJob(plan: Plan, { folder, onOverflow }: JobProcessOptions): Promise<JobProcess> {
  const child = spawnPlan(plan, folder)
  openGate(child)
  const tail = keepTail(child, onOverflow)
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const exited = new Promise<Ending>((resolve) => child.once('exit', (code, signal) => resolve(ending(code, signal))))
  await once(child, 'spawn')
  const pid = child.pid as number
  return {
    pid,
    exited,
    kill: () => killQuietly(-pid),
    log: async () => {
      await Promise.race([closed, sleep(LET_GO, undefined, { ref: false })])
      child.stdout?.destroy()
      child.stderr?.destroy()
      return tail.text()
    },
  }
}

function spawnPlan({ command, arguments: values, environment, openFiles }: Plan, folder: string): ChildProcess {
  const open = openFiles.map((file) => openSync(file, 'r'))
  try {
    const stdio: StdioOptions = ['ignore', 'pipe', 'pipe', 'pipe', ...open]
    return spawn(command, values, { cwd: folder, env: environment, detached: true, stdio })
  } finally {
    for (const file of open) closeSync(file)
  }
}

/** Answers the gate of the job (`job-gate.entry.ts`): it may go on, we are alive. */
function openGate(child: ChildProcess): void {
  const gate = child.stdio[3] as Duplex
  gate.once('data', () => gate.end('!'))
  gate.on('error', () => gate.destroy())
}

function keepTail(child: ChildProcess, onOverflow: () => void): LogTail {
  const tail = new LogTail()
  const add = (chunk: Buffer) => {
    if (tail.total <= PRINTED_BYTES_MAX && tail.total + chunk.length > PRINTED_BYTES_MAX) onOverflow()
    tail.add(chunk)
  }
  child.stdout?.on('data', add)
  child.stderr?.on('data', add)
  return tail
}

/** bubblewrap and the shell answer 128 + n where signal n ended the job. */
function ending(code: number | null, signal: NodeJS.Signals | null): Ending {
  const named = signal ?? (code !== null && code > 128 ? signalName(code - 128) : undefined)
  return { exitCode: code ?? undefined, signal: named }
}

function signalName(number: number): string | undefined {
  return Object.entries(constants.signals).find(([, value]) => value === number)?.[0]
}
