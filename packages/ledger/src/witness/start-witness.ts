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
}

export interface RunningWitness extends Witness {
  readonly process: ChildProcess
  stop(): Promise<void>
}

/** Starts a witness of the same machine; it ends with this process. Throws `ledger.witness_not_started`. */
export async function startWitness(options: StartWitnessOptions): Promise<RunningWitness> {
  const { home, name, origin, logKey, port = 0 } = options
  const flags = ['--home', home, '--name', name, '--origin', origin, '--log-key', logKey.spki, '--port', String(port)]
  const child = spawn(process.execPath, [entryFile('witness'), ...flags, '--with-parent'])
  const ready = JSON.parse(await firstLine(child)) as { port: number; key: PublicKey }
  child.stderr.pipe(process.stderr)
  return { name, key: ready.key, url: `http://127.0.0.1:${ready.port}`, process: child, stop: () => stop(child) }
}

async function firstLine(child: ChildProcessWithoutNullStreams): Promise<string> {
  for await (const line of createInterface({ input: child.stdout })) return line
  throw ledgerErrors.witness_not_started({ why: (await text(child.stderr)).trim() })
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}
