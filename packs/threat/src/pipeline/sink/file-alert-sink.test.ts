import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { testFolder } from '../pipeline.fixture.ts'
import { alertSinkContract, stepOfIds, storedSteps } from './alert-sink.contract.ts'
import { FileAlertSink } from './file-alert-sink.ts'
import { blocksOf, isSealedBehind } from './sink-block.ts'

const shared = mkdtempSync(join(tmpdir(), 'dengta-sink-'))
afterAll(() => rmSync(shared, { recursive: true }))
alertSinkContract('files', () => FileAlertSink.open(shared))

const NAME = 'alerts-000000000001.ndjson'

async function twoSteps(): Promise<{ bytes: Buffer; first: number }> {
  const folder = testFolder()
  const sink = await FileAlertSink.open(folder)
  await sink.append(stepOfIds(1, ['a']))
  const first = readFileSync(join(folder, NAME)).length
  await sink.append(stepOfIds(2, ['b', 'c']))
  await sink.close()
  return { bytes: readFileSync(join(folder, NAME)), first }
}

async function openBytes(bytes: Buffer): Promise<FileAlertSink> {
  const folder = testFolder()
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, NAME), bytes)
  return FileAlertSink.open(folder)
}

test('a step torn at any byte does not count; the one before it does', async () => {
  const { bytes, first } = await twoSteps()
  for (let length = first; length < bytes.length; length += 1) {
    const torn = bytes.subarray(0, length)
    expect([...blocksOf(torn)].map(({ position, end }) => [position, end])).toEqual([[1, first]])
    expect(isSealedBehind(torn.subarray(first), 1)).toBe(false)
  }
})

test('a torn tail is cut, and the next step takes its place', async () => {
  const { bytes, first } = await twoSteps()
  for (const length of [first, first + 1, first + 300, bytes.length - 2, bytes.length - 1]) {
    const sink = await openBytes(bytes.subarray(0, length))
    expect(sink.position).toBe(1)
    await sink.append(stepOfIds(2, ['again']))
    expect(await storedSteps(sink)).toEqual([stepOfIds(1, ['a']), stepOfIds(2, ['again'])])
    await sink.close()
  }
})

test('a state of thousands of pieces comes back whole; broken at any place it is refused', async () => {
  const folder = testFolder()
  const sink = await FileAlertSink.open(folder)
  const state = Array.from({ length: 5000 }, (_, i) => Buffer.from(`piece ${i}\n`.repeat(i % 7)))
  await sink.saveCheckpoint({ position: 7, state })
  expect(Buffer.from((await sink.loadCheckpoint())?.state ?? [])).toEqual(Buffer.concat(state))
  const path = join(folder, 'stages.state')
  const whole = readFileSync(path)
  const places = [0, whole.indexOf('7'), whole.indexOf('crc') + 5, 60, 1000, whole.length - 1]
  for (const at of places) {
    const broken = Buffer.from(whole)
    broken[at] = (broken[at] as number) ^ 1
    writeFileSync(path, broken)
    await expect(sink.loadCheckpoint()).rejects.toMatchObject({ code: 'threat_pipeline.checkpoint_damaged' })
  }
  writeFileSync(path, whole.subarray(0, whole.length - 1))
  await expect(sink.loadCheckpoint()).rejects.toMatchObject({ code: 'threat_pipeline.checkpoint_damaged' })
})

test('a folder has one writer: a second one is refused before it cuts what the first is writing', async () => {
  const folder = testFolder()
  const sink = await FileAlertSink.open(folder)
  await sink.append(stepOfIds(1, ['a']))
  appendFileSync(join(folder, NAME), '{"alert":') // half a step, as a second writer may find it
  const before = readFileSync(join(folder, NAME))
  await expect(FileAlertSink.open(folder)).rejects.toMatchObject({ code: 'store.locked' })
  expect(readFileSync(join(folder, NAME))).toEqual(before)
  await sink.close()
  const next = await FileAlertSink.open(folder)
  expect(next.position).toBe(1)
  await next.close()
})

test.each([60, 10])(
  'a file that is broken before its last step is an error, not an end: %i bytes before its end',
  async (back) => {
    const { bytes, first } = await twoSteps()
    const broken = Buffer.from(bytes)
    broken[first - back] = (broken[first - back] as number) ^ 1
    await expect(openBytes(broken)).rejects.toMatchObject({ code: 'threat_pipeline.sink_damaged' })
  },
)

test('a last step of which the power left only the end is a torn tail: nothing says that it was on the disk', async () => {
  const { bytes, first } = await twoSteps()
  const sink = await openBytes(Buffer.from(bytes).fill(0, first, first + 200))
  expect(await storedSteps(sink)).toEqual([stepOfIds(1, ['a'])])
  await sink.close()
})
