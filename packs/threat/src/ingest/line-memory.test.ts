import { connect } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import type { Batch } from '../pipeline/batch.ts'
import { BatchIntake } from '../pipeline/batch-intake.ts'
import { until } from '../pipeline/pipeline.fixture.ts'
import { SlabPool } from '../pipeline/slab-pool.ts'
import { TcpListener } from './tcp-listener.ts'

const MEBIBYTE = 2 ** 20
const CONNECTIONS = 80

/** An intake whose disk stands still until it is told to go on. */
function standing() {
  const sealed: Batch[] = []
  let goesOn = false
  let lines = 0
  const finish = (batch: Batch): void => {
    lines += batch.lines
    intake.durable(batch)
    intake.release(batch)
  }
  const intake: BatchIntake = new BatchIntake({
    ...{ pool: new SlabPool(), marks: new Map(), nextSequence: 1, now: Date.now },
    seal: (batch) => (goesOn ? setImmediate(() => finish(batch)) : sealed.push(batch)),
    ...{ isHealthy: () => true, onFault: () => undefined },
  })
  const goOn = (): void => {
    goesOn = true
    for (const batch of sealed.splice(0)) finish(batch)
  }
  return { intake, goOn, lines: () => lines }
}

test('while the disk stands still, long lines of all connections together stay within one budget; then all arrive', async () => {
  const { intake, goOn, lines } = standing()
  const maxHeldBytes = 24 * MEBIBYTE
  const tcp = new TcpListener({ port: 0, maxHeldBytes, maxLineBytes: MEBIBYTE + 100, lineMs: 500 })
  await tcp.start(intake)
  onTestFinished(() => tcp.stop())
  const line = Buffer.from(`{"a":"${'x'.repeat(MEBIBYTE)}"}\n`)
  const sockets = Array.from({ length: CONNECTIONS }, () => connect({ port: tcp.port, host: '127.0.0.1' }))
  for (const socket of sockets) socket.on('error', () => undefined).end(line)
  await until(() => intake.waitingBytes > 8 * MEBIBYTE)
  await new Promise((resolve) => setTimeout(resolve, 2000)) // longer than a line may take, and than a look at slow ones
  expect(intake.waitingBytes).toBeLessThan(maxHeldBytes + 2 * MEBIBYTE)
  expect(tcp.status().faults).toEqual({})
  goOn()
  await until(() => lines() === CONNECTIONS)
  expect(tcp.status().faults).toEqual({})
})
