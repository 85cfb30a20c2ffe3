import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Batch } from './batch.ts'
import { Committer } from './committer.ts'
import type { BatchResult } from './detector/detector-protocol.ts'
import { testFolder, until } from './pipeline.fixture.ts'
import { setAside } from './set-aside.ts'
import { FileAlertSink } from './sink/file-alert-sink.ts'
import { SlabPool } from './slab-pool.ts'
import { StageChain } from './stage/stage-chain.ts'

const LINES = '{"a":1}\n{"a":2}\n'

function batchOf(sequence: number): Batch {
  const slab = new SlabPool({ slabs: 1, slabBytes: 4096, largeBytes: 0 }).take()
  if (!slab) throw new Error('no slab')
  const length = slab.bytes.write(LINES)
  return { sequence, receivedMs: 1000, slab, length, lines: 2, parts: [] }
}

/** A durable batch that no detector survives, and a folder for its lines that is not there yet. */
async function stuck() {
  const folder = join(testFolder(), 'flow')
  const sink = await FileAlertSink.open(testFolder())
  const freed: number[] = []
  const committer = new Committer({
    ...{ sink, stages: new StageChain([]), now: Date.now, checkpointMs: 1e9 },
    setAside: (batch) => setAside(folder, batch),
    onFree: ({ sequence }) => freed.push(sequence),
    onDone: () => undefined,
    onPosition: () => undefined,
  })
  const batch = batchOf(1)
  committer.add(batch)
  committer.durable(batch)
  void committer.unevaluated(batch)
  await until(() => committer.failing !== undefined)
  return { folder, sink, freed, committer }
}

test('a batch that no detector survives is passed over once its lines are in a file, and not before', async () => {
  const { folder, sink, freed, committer } = await stuck()
  expect([sink.position, freed]).toEqual([0, []])
  mkdirSync(folder)
  await until(() => sink.position === 1)
  expect(readFileSync(join(folder, 'unevaluated-1.ndjson'), 'utf8')).toBe(LINES)
  expect([committer.failing, freed]).toEqual([undefined, [1]])
  await committer.stop()
  await sink.close()
})

/** As a detector answers that found so many alerts, all of which were left out. */
function foundIn({ sequence }: Batch, count: number): BatchResult {
  const none = { count: 0, pieces: [] }
  const counts = { events: 2, unmapped: 0, faultyLines: 0 }
  return { sequence, ...counts, faulty: [], alerts: { count, pieces: [] }, observations: none }
}

test('a step that is not stored before the stop is not passed over by the one behind it', async () => {
  const sink = await FileAlertSink.open(testFolder())
  const append = sink.append.bind(sink)
  sink.append = (step) => (step.position === 1 ? Promise.reject(new Error('no room')) : append(step))
  const committer = new Committer({
    ...{ sink, stages: new StageChain([]), now: Date.now, checkpointMs: 1e9 },
    setAside: async () => undefined,
    onFree: () => undefined,
    onDone: () => undefined,
    onPosition: () => undefined,
  })
  for (const batch of [batchOf(1), { ...batchOf(2), receivedMs: 2000 }]) {
    committer.add(batch)
    committer.durable(batch)
    committer.evaluated(batch, foundIn(batch, 250))
  }
  await until(() => committer.failing !== undefined)
  expect(committer.oldestMs).toBe(1000)
  await committer.stop()
  expect(sink.position).toBe(0)
  expect(committer.failing).toEqual({
    en: 'nothing can be stored: no room; make room, or mend the disk or the database: it is tried again until it works',
    zh: expect.stringContaining('no room'),
  })
  await sink.close()
})

test('where they cannot be kept before the stop, the batch is left to the next start', async () => {
  const { sink, committer } = await stuck()
  await committer.stop()
  expect(sink.position).toBe(0)
  await sink.close()
})
