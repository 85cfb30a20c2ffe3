import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import type { Batch } from '../pipeline/batch.ts'
import { BatchIntake } from '../pipeline/batch-intake.ts'
import { SlabPool } from '../pipeline/slab-pool.ts'
import { type ConnectionOwner, TcpConnection } from './tcp-connection.ts'

/** More than the system holds between two programs of one machine. */
const UNREAD = Buffer.alloc(16 * 2 ** 20, ' ')

/** All batches are durable at once. */
function owner(): ConnectionOwner {
  const none = (): void => undefined
  const intake: BatchIntake = new BatchIntake({
    ...{ pool: new SlabPool(), marks: new Map(), nextSequence: 1, now: Date.now, onFault: none, isHealthy: () => true },
    seal: (batch: Batch) => {
      intake.durable(batch)
      intake.release(batch)
    },
  })
  const told = { takeOver: none, onFault: none, askTurn: none, onHeld: none, onBegun: none, onClosed: none }
  return { intake, token: undefined, maxLineBytes: 1000, now: Date.now, ...told }
}

test.each([{ ack: true }, { stream: 's' }])(
  'a sender (%j) that reads nothing until it has sent all finds its last acknowledgement there',
  async (hello) => {
    const server = createServer({ allowHalfOpen: true }, (socket) => {
      new TcpConnection('c', socket, owner())
      socket.write(UNREAD)
    }).listen(0)
    onTestFinished(() => void server.close())
    await once(server, 'listening')
    const socket = connect({ port: (server.address() as AddressInfo).port, allowHalfOpen: true })
    socket.end(`${JSON.stringify({ dengta: 1, ...hello })}\n{"a":1}\n{"a":2}\n`)
    await delay(200)
    expect((await text(socket)).trim().split('\n').at(-1)).toBe('{"acked":2}')
  },
)
