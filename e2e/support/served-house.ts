import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Client, createClient } from '@dengta/sdk'
import { houseRoot } from '@dengta/store'

export interface ServeOptions {
  readonly home: string
  /** Flags behind `dengta start`. */
  readonly flags?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

/** A real server process on a data folder of its own, started as a user starts it. */
export interface ServedHouse {
  readonly address: string
  readonly pid: number
  readonly startedInMs: number
  /** What the process has written so far, both streams. */
  output(): string
  /** A client with the operator's session, acting for `participant` where given. */
  clientOf(participant?: string): Client
  kill(signal: NodeJS.Signals): Promise<void>
}

/** Starts the server and waits until it serves; throws with its output if it ends first. */
export async function serveHouse({ home, flags = [], env = {} }: ServeOptions): Promise<ServedHouse> {
  const began = performance.now()
  const child = spawn(
    process.execPath,
    [join(houseRoot(), 'apps/server/bin/dengta.mjs'), 'start', '--json', ...flags],
    {
      env: { ...process.env, DENGTA_HOME: home, DENGTA_PORT: '0', DENGTA_LANG: 'en', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  const written: string[] = []
  child.stdout?.on('data', (chunk) => written.push(String(chunk)))
  child.stderr?.on('data', (chunk) => written.push(String(chunk)))
  const address = await untilServed(child, written)
  const { token } = JSON.parse(await readFile(join(home, 'run', 'server.json'), 'utf8')) as { token: string }
  return {
    address,
    pid: child.pid ?? 0,
    startedInMs: performance.now() - began,
    output: () => written.join(''),
    clientOf: (participant) => clientAt(address, token, participant),
    kill: (signal) => end(child, signal),
  }
}

function clientAt(baseUrl: string, token: string, participant?: string): Client {
  const actAs: Record<string, string> = participant ? { 'dengta-act-as': participant } : {}
  return createClient({
    baseUrl,
    token,
    fetch: (url, init) => fetch(url, { ...init, headers: { ...(init.headers as Record<string, string>), ...actAs } }),
  })
}

function untilServed(child: ChildProcess, written: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      const address = /^\{"address":"([^"]+)"\}$/m.exec(written.join(''))?.[1]
      if (address) resolve(address)
    }
    child.stdout?.on('data', look)
    child.once('exit', (code, signal) =>
      reject(new Error(`the server ended (${code ?? signal}) before it served:\n${written.join('')}`)),
    )
  })
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
}
