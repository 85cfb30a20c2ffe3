import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { firingLine } from './events.fixture.ts'
import { batchOf } from './journal/journal.fixture.ts'
import { Journal } from './journal/journal.ts'
import { testFolder, until } from './pipeline.fixture.ts'
import { run, storedAlerts } from './running.fixture.ts'
import { FileAlertSink } from './sink/file-alert-sink.ts'

/** A folder with three batches that are not processed, of two firing lines each; in the second a bit is flipped. */
async function damaged(): Promise<string> {
  const folder = testFolder()
  const journal = await Journal.open({ folder: join(folder, 'journal'), processed: 0, newId: 'j' })
  for (const batch of [1, 2, 3]) await journal.append(batchOf(batch, firingLine(2 * batch - 1) + firingLine(2 * batch)))
  await journal.close()
  const path = join(folder, 'journal', 'segment-000000000001.log')
  const bytes = readFileSync(path)
  const at = bytes.indexOf('"number":3') + 3
  bytes[at] = (bytes[at] as number) ^ 1
  writeFileSync(path, bytes)
  return folder
}

test('broken batches are kept as a file and counted, and the flow goes on with those behind them', async () => {
  const folder = await damaged()
  const { pipeline } = await run(folder)
  await until(() => pipeline.status().sink.position === 3)
  const { totals, journal } = pipeline.status()
  expect(totals).toMatchObject({ accepted: 4, evaluated: 4, alerts: 4, unevaluated: 2 })
  expect(journal.damage).toMatchObject([{ sequence: 2, next: 3 }])
  await pipeline.stop()
  const numbers = (await storedAlerts(folder)).map(({ event }) => (event as { number: number }).number)
  expect(numbers).toEqual([1, 2, 5, 6])
  expect(readFileSync(join(folder, 'damaged-2.journal'), 'latin1')).toContain('"number":4')
})

test('where they cannot be kept it does not start, and leaves nothing behind that runs', async () => {
  const folder = await damaged()
  mkdirSync(join(folder, 'damaged-2.journal'))
  const sink = await FileAlertSink.open(join(folder, 'alerts'))
  const threads = (): number => process.getActiveResourcesInfo().filter((each) => each === 'MessagePort').length
  const before = threads()
  await expect(run(folder, { sink })).rejects.toMatchObject({ code: 'EISDIR' })
  expect(threads()).toBe(before)
  expect(sink.position).toBeLessThan(2)
  await sink.close()
})
