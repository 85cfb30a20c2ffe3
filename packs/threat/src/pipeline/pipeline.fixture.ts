import { mkdtempSync, rmSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'

/** A new folder that is removed with the test. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dengta-pipeline-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A sender that counts what is acknowledged. */
export interface TestSender {
  readonly socket: Socket
  readonly answers: Record<string, unknown>[]
  acked(atLeast: number): Promise<void>
}

export async function sender(port: number, hello?: object): Promise<TestSender> {
  const socket = connect({ port, host: '127.0.0.1' })
  const answers: Record<string, unknown>[] = []
  socket.on('error', () => undefined)
  createInterface({ input: socket })
    .on('line', (line) => answers.push(JSON.parse(line) as Record<string, unknown>))
    .on('error', () => undefined)
  await new Promise((resolve) => socket.once('connect', resolve))
  if (hello) socket.write(`${JSON.stringify({ dengta: 1, ...hello })}\n`)
  const acked = (atLeast: number): Promise<void> => until(() => Number(answers.at(-1)?.acked ?? -1) >= atLeast)
  return { socket, answers, acked }
}

/** Waits until something holds; fails after ten seconds, or as many as are given. */
export async function until(holds: () => boolean, seconds = 10): Promise<void> {
  for (let tries = 0; !holds(); tries += 1) {
    if (tries > 200 * seconds) throw new Error(`waited ${seconds} seconds for ${holds}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
