import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { testFolder, until } from '../pipeline.fixture.ts'
import { batchOf } from './journal.fixture.ts'
import { Journal } from './journal.ts'

async function readAll(journal: Journal, after = 0): Promise<[number, string][]> {
  const found: [number, string][] = []
  for await (const each of journal.unprocessed(after))
    if ('lines' in each) found.push([each.sequence, each.lines.toString()])
  return found
}

const open = (folder: string, processed = 0, segmentBytes = 1e6): Promise<Journal> =>
  Journal.open({ folder, processed, newId: 'j', segmentBytes })

test('batches, marks and the name of the journal are there again', async () => {
  const folder = testFolder()
  const journal = await open(folder)
  await journal.append(batchOf(1, 'a\nb\n', 2))
  await journal.append(batchOf(2, 'c\n', 3))
  await journal.close()
  const again = await Journal.open({ folder, processed: 1, newId: 'other' })
  expect([again.id, again.next, [...again.marks]]).toEqual(['j', 3, [['s', { position: 3, lines: 3 }]]])
  expect(await readAll(again, 1)).toEqual([[2, 'c\n']])
  await again.close()
})

test('a tail torn at any byte is cut, and what stands before it stays', async () => {
  const folder = testFolder()
  const journal = await open(folder)
  await journal.append(batchOf(1, 'first\n', 1))
  const whole = statSync(join(folder, 'segment-000000000001.log')).size
  await journal.append(batchOf(2, 'second\n', 2))
  await journal.close()
  const bytes = readFileSync(join(folder, 'segment-000000000001.log'))
  for (let length = whole; length < bytes.length; length += 1) {
    const torn = join(folder, `torn-${length}`)
    mkdirSync(torn)
    writeFileSync(join(torn, 'segment-000000000001.log'), bytes.subarray(0, length))
    const found = await open(torn)
    expect([found.next, found.marks.get('s')?.position, await readAll(found)]).toEqual([2, 1, [[1, 'first\n']]])
    await found.append(batchOf(2, 'again\n', 2))
    await found.close()
    const after = await open(torn)
    expect(await readAll(after)).toEqual([
      [1, 'first\n'],
      [2, 'again\n'],
    ])
    await after.close()
  }
})

test('a flipped bit anywhere in the last frame takes that frame away, never the one before', async () => {
  const folder = testFolder()
  const journal = await open(folder)
  await journal.append(batchOf(1, 'first\n', 1))
  const whole = statSync(join(folder, 'segment-000000000001.log')).size
  await journal.append(batchOf(2, 'second\n', 2))
  await journal.close()
  const bytes = readFileSync(join(folder, 'segment-000000000001.log'))
  for (let at = whole; at < bytes.length; at += 3) {
    const flipped = join(folder, `flipped-${at}`)
    mkdirSync(flipped)
    const copy = Buffer.from(bytes)
    copy[at] = (copy[at] as number) ^ 0x10
    writeFileSync(join(flipped, 'segment-000000000001.log'), copy)
    const found = await open(flipped)
    expect(await readAll(found)).toEqual([[1, 'first\n']])
    await found.close()
  }
})

test('segments that are processed are written over, and old frames in them are not taken for new', async () => {
  const folder = testFolder()
  let journal = await open(folder, 0, 200)
  for (let sequence = 1; sequence <= 40; sequence += 1) {
    await journal.append(batchOf(sequence, `line ${sequence} ${'x'.repeat(sequence % 7)}\n`, sequence))
    journal.release(sequence - 1)
  }
  expect(readdirSync(folder).length).toBeLessThan(8)
  expect(journal.status.bytes).toBeLessThan(8 * 1024)
  await journal.close()
  journal = await open(folder, 39, 200)
  expect(journal.next).toBe(41)
  expect((await readAll(journal, 39)).map(([sequence]) => sequence)).toEqual([40])
  await journal.close()
})

test('a file that is missing in front of batches that are not processed is damage; behind the processed ones it is not', async () => {
  const folder = testFolder()
  const journal = await open(folder, 0, 1)
  for (let sequence = 1; sequence <= 4; sequence += 1) await journal.append(batchOf(sequence, `${sequence}\n`))
  await journal.close()
  rmSync(join(folder, 'segment-000000000002.log'))
  for (const processed of [0, 1])
    await expect(open(folder, processed)).rejects.toMatchObject({
      code: 'threat_pipeline.journal_damaged',
      details: { sequence: 2 },
    })
  const fine = await open(folder, 2)
  expect((await readAll(fine, 2)).map(([sequence]) => sequence)).toEqual([3, 4])
  await fine.close()
})

test('a journal that begins behind the first batch that is not processed is damage', async () => {
  const folder = testFolder()
  const journal = await open(folder, 0, 1)
  for (let sequence = 1; sequence <= 3; sequence += 1) await journal.append(batchOf(sequence, `${sequence}\n`))
  await journal.close()
  rmSync(join(folder, 'segment-000000000001.log'))
  await expect(open(folder, 0)).rejects.toMatchObject({
    code: 'threat_pipeline.journal_damaged',
    details: { sequence: 1 },
  })
  const fine = await open(folder, 1)
  expect((await readAll(fine, 1)).map(([sequence]) => sequence)).toEqual([2, 3])
  await fine.close()
})

test('a batch that cannot be written while closing takes those behind it along: none is acknowledged over a hole', async () => {
  const folder = join(testFolder(), 'journal')
  const journal = await open(folder)
  rmSync(folder, { recursive: true })
  const first = journal.append(batchOf(1, 'a\n')).catch(() => mkdirSync(folder)) // room again, just behind it
  await until(() => journal.status.failing !== undefined)
  const second = journal.append(batchOf(2, 'b\n'))
  const closed = journal.close()
  await first
  await expect(second).rejects.toMatchObject({ code: 'ENOENT' })
  await closed
})

test('a processed file that somebody took away keeps nobody from writing, and those behind it are given up', async () => {
  const folder = testFolder()
  const journal = await open(folder, 0, 1)
  for (let sequence = 1; sequence <= 4; sequence += 1) await journal.append(batchOf(sequence, `${sequence}\n`))
  rmSync(join(folder, 'segment-000000000001.log'))
  journal.release(2)
  await journal.close()
  expect(journal.status).toMatchObject({ failing: undefined, segments: 2 })
  expect(readdirSync(folder).sort()).toEqual([
    'segment-000000000003.log',
    'segment-000000000004.log',
    'spare-000000000002.log',
  ])
})

test('one that cannot be given up now is given up later', async () => {
  const folder = testFolder()
  const journal = await open(folder, 0, 1)
  for (let sequence = 1; sequence <= 3; sequence += 1) await journal.append(batchOf(sequence, `${sequence}\n`))
  const inTheWay = join(folder, 'spare-000000000001.log')
  mkdirSync(join(inTheWay, 'full'), { recursive: true })
  journal.release(1)
  await journal.append(batchOf(4, '4\n'))
  expect(journal.status).toMatchObject({ failing: undefined, segments: 4 })
  rmSync(inTheWay, { recursive: true })
  journal.release(2)
  await journal.close()
  expect(journal.status.segments).toBe(2)
})

test('alerts that are ahead of the journal are refused; a new journal goes on behind them', async () => {
  const folder = testFolder()
  const journal = await open(folder)
  await journal.append(batchOf(1, 'a\n'))
  await journal.close()
  await expect(open(folder, 5)).rejects.toMatchObject({ code: 'threat_pipeline.sink_ahead' })
  const fresh = await open(testFolder(), 5)
  expect(fresh.next).toBe(6)
  await fresh.close()
})

test('a file copied under a wrong number holds nothing', async () => {
  const folder = testFolder()
  const journal = await open(folder)
  await journal.append(batchOf(1, 'a\n'))
  await journal.close()
  copyFileSync(join(folder, 'segment-000000000001.log'), join(folder, 'segment-000000000009.log'))
  const again = await open(folder)
  expect(await readAll(again)).toEqual([[1, 'a\n']])
  await again.close()
})
