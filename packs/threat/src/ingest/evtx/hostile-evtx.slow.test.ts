import { expect, test } from 'vitest'
import type { BinaryXmlWriter } from './binary-xml-writer.fixture.ts'
import { evtxFile, sealChunk } from './evtx-file.fixture.ts'
import { readAll } from './read-all.fixture.ts'
import { sysmonRecord, valueRecord } from './sysmon.fixture.ts'

const CASES = 5000
const HEADER = 4096
const small = evtxFile([
  [
    sysmonRecord({ id: 1, fields: { Image: 'C:\\cmd.exe', CommandLine: 'whoami /all' } }),
    sysmonRecord({ id: 3, fields: { Image: 'a' } }),
    valueRecord({ type: 0x93, bytes: Buffer.from('010100000000000512000000', 'hex') }),
  ],
])
const used = small.readUInt32LE(HEADER + 48)

/** Numbers below `limit`, the same for the same seed (xorshift). */
function numbers(seed: number): (limit: number) => number {
  let state = seed
  return (limit) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % limit
  }
}

test('cut at every byte, it ends with the whole records before the cut', { timeout: 120_000 }, async () => {
  let most = 0
  for (let end = 128; end <= HEADER + used; end += 1) {
    const { events, faults } = await readAll(small.subarray(0, end))
    expect(events.length).toBeGreaterThanOrEqual(most)
    expect(faults.includes('evtx_truncated')).toBe(end > HEADER)
    most = events.length
  }
  expect(most).toBe(3)
})

test('bits flipped behind right check sums: faults, no crash, no growth', { timeout: 240_000 }, async () => {
  const next = numbers(42)
  const before = process.memoryUsage().rss
  const seen = new Set<string>()
  let slowest = 0
  for (let round = 0; round < CASES; round += 1) {
    const file = Buffer.from(small)
    const chunk = file.subarray(HEADER)
    for (let flips = 1 + next(8); flips > 0; flips -= 1) {
      const at = 512 + next(used - 512)
      chunk[at] = (chunk[at] as number) ^ (1 << next(8))
    }
    sealChunk(chunk)
    const begun = process.cpuUsage()
    const { events, faults } = await readAll(file)
    const { user, system } = process.cpuUsage(begun)
    slowest = Math.max(slowest, (user + system) / 1000)
    for (const fault of faults) seen.add(fault)
    expect(events.length).toBeLessThanOrEqual(3)
  }
  expect([...seen]).toContain('evtx_record')
  expect(slowest).toBeLessThan(500)
  expect(process.memoryUsage().rss - before).toBeLessThan(300 * 2 ** 20)
})

/** One chunk whose only record is written by hand. */
const single = (write: (writer: BinaryXmlWriter) => void): Buffer => evtxFile([[write]])

test('a template that holds itself, sizes that lie and depth without end are faults', async () => {
  const itself = single((writer) => {
    writer.bytes(0x0f, 1, 1, 0, 0x0c, 1)
    writer.u32(1)
    const at = writer.at + 4
    writer.u32(at)
    writer.u32(0)
    writer.bytes(...new Array<number>(16).fill(7))
    writer.u32(200)
    for (let i = 0; i < 18; i += 1) {
      writer.bytes(0x0c, 1)
      writer.u32(1)
      writer.u32(at)
      writer.bytes(0)
    }
  })
  const deep = single((writer) => {
    const nest = (depth: number): { name: string; parts: [] | [{ name: string }] } =>
      depth === 0 ? { name: 'a', parts: [] } : { name: 'a', parts: [nest(depth - 1)] }
    writer.plain(nest(1000))
  })
  const manyValues = single((writer) => {
    writer.bytes(0x0f, 1, 1, 0, 0x0c, 1)
    writer.u32(1)
    writer.u32(0x200 + 24 + 14)
    writer.u32(0)
    writer.bytes(...new Array<number>(16).fill(7))
    writer.u32(1)
    writer.bytes(0)
    writer.u32(0xffff_ffff)
  })
  for (const file of [itself, deep, manyValues])
    expect(await readAll(file)).toEqual({ events: [], faults: ['evtx_record'] })
})

test('a template that multiplies its value is stopped within a second', async () => {
  const hole = { hole: 0, type: 1 }
  const wide = {
    name: 'Event',
    parts: Array.from({ length: 2000 }, (_, index) => ({ name: `f${index % 20}`, parts: [hole] })),
  }
  const long = { type: 1, bytes: Buffer.alloc(6000, 'x\0') }
  const begun = process.cpuUsage()
  const { events, faults } = await readAll(evtxFile([[(writer) => writer.instance(wide, [long])]]))
  const { user, system } = process.cpuUsage(begun)
  expect({ events, faults }).toEqual({ events: [], faults: ['evtx_record'] })
  expect((user + system) / 1e6).toBeLessThan(1)
})

test('a name that objects know is a name like any other', async () => {
  const record = sysmonRecord({ id: 1, fields: { ['__proto__']: 'x', constructor: 'y' } })
  const { events } = await readAll(evtxFile([[record]]))
  const { Event } = events[0] as { Event: { EventData: object } }
  expect(Object.entries(Event.EventData)).toEqual([
    ['__proto__', 'x'],
    ['constructor', 'y'],
  ])
})
