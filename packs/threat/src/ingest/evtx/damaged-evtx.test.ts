import { expect, test } from 'vitest'
import { evtxFile, sealChunk } from './evtx-file.fixture.ts'
import { readAll } from './read-all.fixture.ts'
import { sysmonRecord } from './sysmon.fixture.ts'

const record = (name: string) => sysmonRecord({ id: 1, fields: { Image: name } })
const DIRTY = 1

/** Images of the events that were read. */
async function images(file: Uint8Array): Promise<{ images: unknown[]; faults: readonly string[] }> {
  const { events, faults } = await readAll(file)
  const found = events.map(({ Event }) => (Event as { EventData: { Image: string } }).EventData.Image)
  return { images: found, faults }
}

/** A copy with something changed in chunk `index`. */
function changed(file: Buffer, index: number, change: (chunk: Buffer) => void): Buffer {
  const copy = Buffer.from(file)
  change(copy.subarray(4096 + index * 65_536, 4096 + (index + 1) * 65_536))
  return copy
}

const three = (flags = 0): Buffer => evtxFile([[record('a'), record('b')], [record('c')], [record('d')]], flags)
const flip = (at: number) => (chunk: Buffer) => {
  chunk[at] = (chunk[at] as number) ^ 0x10
}

test('a damaged chunk is passed over and named; the others are read', async () => {
  expect(await images(changed(three(), 0, flip(600)))).toEqual({ images: ['c', 'd'], faults: ['evtx_checksum'] })
  expect(await images(changed(three(), 1, flip(200)))).toEqual({ images: ['a', 'b', 'd'], faults: ['evtx_checksum'] })
  expect(await images(changed(three(), 1, flip(0)))).toEqual({ images: ['a', 'b', 'd'], faults: ['evtx_chunk'] })
  expect(await images(changed(three(), 1, (chunk) => chunk.fill(0)))).toEqual({ images: ['a', 'b', 'd'], faults: [] })
})

test('a damaged record is passed over and named', async () => {
  const noToken = (chunk: Buffer): void => {
    chunk[512 + 24] = 0x3f
    sealChunk(chunk)
  }
  // the template that the second record points at lies in the first, and is still there
  expect(await images(changed(three(), 0, noToken))).toEqual({ images: ['b', 'c', 'd'], faults: ['evtx_record'] })
})

test('a log that was not closed is read as far as its records go', async () => {
  const open = changed(three(DIRTY), 2, (chunk) => {
    chunk.fill(0, 48, 56)
    chunk.fill(0, 120, 128)
  })
  expect(await images(open)).toEqual({ images: ['a', 'b', 'c', 'd'], faults: ['evtx_unsealed'] })
})

test('a file cut in a chunk gives the records before the cut', async () => {
  const cut = three().subarray(0, 4096 + 65_536 * 2 + 30_000)
  expect(await images(cut)).toEqual({ images: ['a', 'b', 'c', 'd'], faults: ['evtx_truncated'] })
  expect(await images(three().subarray(0, 4096 + 65_536 + 600))).toMatchObject({ images: ['a', 'b'] })
})

test('what is no event log is refused', async () => {
  for (const bytes of [Buffer.alloc(0), Buffer.from('{"no":1}\n'), Buffer.alloc(100_000), three().subarray(0, 100)])
    await expect(readAll(bytes)).rejects.toMatchObject({ code: 'threat_ingest.not_evtx' })
})
