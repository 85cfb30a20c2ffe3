import { expect, test } from 'vitest'
import type { Batch } from '../../pipeline/batch.ts'
import { BatchIntake } from '../../pipeline/batch-intake.ts'
import { SlabPool } from '../../pipeline/slab-pool.ts'
import { NatsIntake } from './nats-intake.ts'

const message = (sequence: number, delivery: number, ack = (_: number): void => undefined) => ({
  data: Buffer.from(`{"a":"${'x'.repeat(1500)}"}\n`),
  info: { streamSequence: sequence, deliverySequence: delivery },
  ack: () => ack(sequence),
})

function smallIntake(sealed: Batch[]): BatchIntake {
  return new BatchIntake({
    ...{ pool: new SlabPool({ slabs: 2, slabBytes: 2048, largeBytes: 4096 }), marks: new Map(), nextSequence: 1 },
    ...{ now: Date.now, seal: (batch) => sealed.push(batch), isHealthy: () => true, onFault: () => undefined },
  })
}

test('who waits for room goes on once there is some, also where more was taken meanwhile', async () => {
  const sealed: Batch[] = []
  const intake = smallIntake(sealed)
  const taker = await NatsIntake.open({ intake, name: 'n', maxBytes: 4096, onFault: () => undefined })
  const acknowledged: number[] = []
  const arrives = (number: number) => taker.take(message(number, number, (each) => acknowledged.push(each)))
  await arrives(1)
  await arrives(2)
  await arrives(3)
  taker.settle({ delivered: 3, unacknowledged: 3 })
  const waits = arrives(5) // the fourth went astray: held, and there is no room
  taker.settle({ delivered: 5, unacknowledged: 4 })
  for (let times = 0; times < 50; times += 1) {
    for (const batch of sealed.splice(0)) {
      intake.durable(batch)
      intake.release(batch)
    }
    intake.flush()
  }
  await waits
  expect(acknowledged).toEqual([1, 2, 3, 5])
})

test('nobody waits for room behind the end, and nothing more is taken', async () => {
  const sealed: Batch[] = []
  const intake = smallIntake(sealed)
  const taker = await NatsIntake.open({ intake, name: 'n', maxBytes: 4096, onFault: () => undefined })
  for (const number of [1, 2, 3]) await taker.take(message(number, number))
  taker.settle({ delivered: 3, unacknowledged: 3 })
  const waiting = taker.take(message(4, 4))
  const { waitingBytes } = intake
  taker.end()
  await waiting
  await taker.take(message(5, 5))
  expect(intake.waitingBytes).toBe(waitingBytes)
})
