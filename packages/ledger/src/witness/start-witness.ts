import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
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
}

export interface RunningWitness extends Witness {
  readonly process: ChildProcess
  stop(): Promise<void>
}

/** Starts a witness of the same machine; it ends with this process. Throws `ledger.witness_not_started`. */
export async function startWitness(options: StartWitnessOptions): Promise<RunningWitness> {
  const { home, name, origin, logKey, port = 0 } = options
  const flags = ['--home', home, '--name', name, '--origin', origin, '--log-key', logKey.spki, '--port', String(port)]
  const child = spawn(process.execPath, [entryFile('witness'), ...flags, '--with-parent'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const ready = await firstLine(child)
  const { port: chosen, key } = JSON.parse(ready) as { port: number; key: PublicKey }
  return { name, key, url: `http://127.0.0.1:${chosen}`, process: child, stop: () => stop(child) }
}

async function firstLine(child: ChildProcess): Promise<string> {
  const lines = createInterface({ input: child.stdout! })
  const ended = once(child, 'exit').then(([code]) => {
    throw ledgerErrors.witness_not_started({ why: `it ended with code ${code}` })
  })
  const [line] = await Promise.race([once(lines, 'line'), ended])
  ended.catch(() => {})
  return line as string
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}
