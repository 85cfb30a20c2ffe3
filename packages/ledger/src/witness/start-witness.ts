import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import type { PublicKey } from '@dengta/kernel'
import { entryFile } from '@dengta/store'
import type { Witness } from '../cosign/witness-client.ts'
import { ledgerErrors } from '../errors.ts'

export interface StartWitnessOptions {
  /** A folder of the witness alone; holds its key and its memory. */
  readonly home: string
  readonly name: string
  readonly origin: string
  readonly logKey: PublicKey
  /** 0, the default, lets the system choose. */
  readonly port?: number
  /** Hears when the witness has died, and why it does not come back; standard error unless stated. */
  readonly warn?: (text: string) => void
}

export interface RunningWitness extends Witness {
  /** The present process: another one after a restart. */
  readonly process: ChildProcess
  stop(): Promise<void>
}

const FIRST_RESTART_MS = 1000
const LAST_RESTART_MS = 60_000

/**
 * Starts a witness of the same machine; it ends with this process. A witness that dies is started again at the same address, from
 * its own key and memory. Throws `ledger.witness_not_started`.
 */
export async function startWitness(options: StartWitnessOptions): Promise<RunningWitness> {
  const { name, warn = (text) => process.stderr.write(`${text}\n`) } = options
  const first = await launch(options, options.port ?? 0)
  const { port, key } = first
  let child = first.child
  let stopped = false
  let rest = FIRST_RESTART_MS
  const again = (why: string): void => {
    if (stopped) return
    warn(`witness ${name}: ${why}; starting it again`)
    setTimeout(restart, rest).unref()
    rest = Math.min(rest * 2, LAST_RESTART_MS)
  }
  const watch = (): void => {
    if (hasEnded(child)) again(`ended with ${child.signalCode ?? child.exitCode}`)
    else child.once('exit', (code, signal) => again(`ended with ${signal ?? code}`))
  }
  const restart = async (): Promise<void> => {
    if (stopped) return
    try {
      const next = await launch(options, port)
      child = next.child
      if (stopped) await end(child)
      else watch()
    } catch (cause) {
      again(String(cause))
    }
  }
  watch()
  const stop = async (): Promise<void> => {
    stopped = true
    await end(child)
  }
  return {
    ...{ name, key, url: `http://127.0.0.1:${port}`, stop },
    get process() {
      return child
    },
  }
}

interface Launched {
  readonly child: ChildProcess
  readonly port: number
  readonly key: PublicKey
}

async function launch({ home, name, origin, logKey }: StartWitnessOptions, port: number): Promise<Launched> {
  const flags = ['--home', home, '--name', name, '--origin', origin, '--log-key', logKey.spki, '--port', String(port)]
  const child = spawn(process.execPath, [entryFile('witness'), ...flags, '--with-parent'])
  const failed = new Promise<never>((_, reject) => child.once('error', reject))
  const ready = JSON.parse(await Promise.race([firstLine(child), failed])) as Pick<Launched, 'port' | 'key'>
  child.stderr.pipe(process.stderr)
  return { child, port: ready.port, key: ready.key }
}

async function firstLine(child: ChildProcessWithoutNullStreams): Promise<string> {
  for await (const line of createInterface({ input: child.stdout })) return line
  throw ledgerErrors.witness_not_started({ why: (await text(child.stderr)).trim() })
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null

async function end(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}
