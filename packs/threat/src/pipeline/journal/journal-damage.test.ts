import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { testFolder } from '../pipeline.fixture.ts'
import { frameStart } from './frame.ts'
import { batchOf } from './journal.fixture.ts'
import { Journal } from './journal.ts'

const FIRST = 'segment-000000000001.log'

const open = (folder: string, processed = 0, segmentBytes = 1e6): Promise<Journal> =>
  Journal.open({ folder, processed, newId: 'j', segmentBytes })

/** Sequence and lines of each batch, and of damage the batches that it took. */
async function foundIn(journal: Journal, after = 0): Promise<(readonly [number, string | number])[]> {
  const found: (readonly [number, string | number])[] = []
  for await (const each of journal.unprocessed(after))
    found.push('to' in each ? [each.sequence, each.next] : [each.sequence, each.lines.toString()])
  return found
}

/** A journal of batches of which each was on the disk before the next came; `ends` are the offsets behind their frames. */
async function written(texts: readonly string[], segmentBytes = 1e6): Promise<{ folder: string; ends: number[] }> {
  const folder = testFolder()
  const journal = await open(folder, 0, segmentBytes)
  const ends: number[] = []
  for (const [i, text] of texts.entries()) {
    await journal.append(batchOf(i + 1, text, i + 1))
    ends.push(statSync(join(folder, FIRST)).size)
  }
  await journal.close()
  return { folder, ends }
}

/** The same folder with one bit of a file flipped. */
function flipped(folder: string, at: number, name = FIRST): string {
  const copy = join(folder, `flipped-${name}-${at}`)
  mkdirSync(copy)
  for (const each of readdirSync(folder).filter((file) => file.endsWith('.log'))) {
    const bytes = readFileSync(join(folder, each))
    if (each === name) bytes[at] = (bytes[at] as number) ^ 0x10
    writeFileSync(join(copy, each), bytes)
  }
  return copy
}

test('a bit flipped anywhere in a frame takes that batch and no other, is told, and can be gone on from', async () => {
  const { folder, ends } = await written(['first\n', 'second\n', 'third\n', 'fourth\n'])
  const [from = 0, to = 0] = ends
  for (let at = from; at < to; at += 3) {
    const copy = flipped(folder, at)
    const journal = await open(copy)
    expect(await foundIn(journal)).toEqual([
      [1, 'first\n'],
      [2, 3],
      [3, 'third\n'],
      [4, 'fourth\n'],
    ])
    expect([journal.next, [...journal.marks]]).toEqual([5, [['s', { position: 4, lines: 4 }]]])
    expect(journal.status.damage).toMatchObject([{ path: join(copy, FIRST), from, to, sequence: 2, next: 3 }])
    await journal.append(batchOf(5, 'fifth\n', 5))
    await journal.close()
    const again = await open(copy, 1)
    expect(await foundIn(again, 1)).toEqual([
      [2, 3],
      [3, 'third\n'],
      [4, 'fourth\n'],
      [5, 'fifth\n'],
    ])
    await again.close()
  }
})

test('damage of what is processed is told to nobody', async () => {
  const { folder, ends } = await written(['first\n', 'second\n', 'third\n'])
  const journal = await open(flipped(folder, (ends[0] as number) + 40), 2)
  expect([await foundIn(journal, 2), journal.status.damage]).toEqual([[[3, 'third\n']], []])
  await journal.close()
})

test('behind a broken head the batches are found, and the streams go on from the segment before', async () => {
  const { folder } = await written(['first\n', 'second\n', 'third\n'], 1)
  const second = 'segment-000000000002.log'
  const head = readFileSync(join(folder, second)).indexOf('DTJ1', 1)
  for (let at = 0; at < head; at += 1) {
    const journal = await open(flipped(folder, at, second))
    expect((await foundIn(journal)).filter(([, lines]) => typeof lines === 'string').map(([each]) => each)).toEqual([
      1, 2, 3,
    ])
    expect(journal.marks.get('s')).toEqual({ position: 3, lines: 3 })
    await journal.close()
  }
})

test.each([
  ['the last segment', 3],
  ['one with another behind it', 4],
])('behind the broken head of %s is found what is not processed, and no stream begins anew', async (_, last) => {
  const { folder } = await written(['first\n', 'second\n', 'third\n'])
  const head = readFileSync(join(folder, FIRST)).indexOf('DTJ1', 1)
  const more = await open(folder)
  if (last === 4) await more.append(batchOf(4, 'fourth\n', 4))
  await more.close()
  for (let at = 0; at < head; at += 3) {
    const journal = await open(flipped(folder, at), 2)
    const batches = (await foundIn(journal, 2)).filter(([, lines]) => typeof lines === 'string')
    expect(batches.map(([each]) => each)).toEqual([3, 4].filter((each) => each <= last))
    expect([journal.next, [...journal.marks]]).toEqual([last + 1, [['s', { position: last, lines: last }]]])
    expect(journal.status.damage).toMatchObject([{ from: 0, sequence: 1, next: 1 }])
    await journal.close()
  }
})

test('a segment that begins with a batch, its head cut off, is read to its end', async () => {
  const { folder } = await written(['first\n', 'second\n'])
  const bytes = readFileSync(join(folder, FIRST))
  writeFileSync(join(folder, FIRST), bytes.subarray(bytes.indexOf('DTJ1', 1)))
  const journal = await open(folder)
  expect((await foundIn(journal)).slice(1)).toEqual([
    [1, 'first\n'],
    [2, 'second\n'],
  ])
  await journal.close()
})

test('the last frame of a segment that another one follows is damage, not a torn tail', async () => {
  const { folder, ends } = await written(['first\n', 'second\n', 'third\n'], 1)
  const journal = await open(flipped(folder, (ends[0] as number) - 3))
  expect(await foundIn(journal)).toEqual([
    [1, 2],
    [2, 'second\n'],
    [3, 'third\n'],
  ])
  await journal.close()
})

test('frames of one write prove nothing about each other: a crash may leave the last of them without the first', async () => {
  const folder = testFolder()
  const journal = await open(folder)
  await journal.append(batchOf(1, 'first\n', 1))
  const { size } = statSync(join(folder, FIRST))
  await Promise.all([journal.append(batchOf(2, 'second\n', 2)), journal.append(batchOf(3, 'third\n', 3))])
  await journal.close()
  const torn = await open(flipped(folder, size + 40))
  expect([await foundIn(torn), torn.next, torn.status.damage]).toEqual([[[1, 'first\n']], 2, []])
  await torn.close()
})

/** A journal whose last batch, a torn one, brings a line that looks like a frame of a journal of this name. */
async function withForgedFrame(name: string): Promise<Journal> {
  const note = { journal: name, durable: 8, lines: 1, parts: [] }
  const lines = Buffer.from('from elsewhere\n')
  const folder = testFolder()
  const journal = await open(folder)
  await journal.append(batchOf(1, 'first\n', 1))
  const { size } = statSync(join(folder, FIRST))
  await journal.append(batchOf(2, Buffer.concat([frameStart(9, 1, note, lines), lines]), 2))
  await journal.close()
  return open(flipped(folder, size + 40))
}

test('a line that looks like a frame is none where its sender does not know the name of the journal', async () => {
  const [stranger, insider] = [await withForgedFrame('k'), await withForgedFrame('j')]
  expect([await foundIn(stranger), stranger.next]).toEqual([[[1, 'first\n']], 2])
  expect([await foundIn(insider), insider.next]).toEqual([
    [
      [1, 'first\n'],
      [2, 9],
      [9, 'from elsewhere\n'],
    ],
    10,
  ])
  await Promise.all([stranger.close(), insider.close()])
})
