import { execFileSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { fileJournal } from './file-journal-store.ts'
import type { JournalEntry } from './journal.ts'

/** A disk of 16 KiB; undefined where this machine lets nobody mount one. */
function smallDisk(): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'dengta-small-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'none', folder], { stdio: 'ignore' })
    return folder
  } catch {
    rmSync(folder, { recursive: true })
    return undefined
  }
}

const disk = smallDisk()
if (!disk) process.stdout.write('SKIPPED a full disk: this machine lets nobody mount a small one\n')
afterAll(() => {
  if (!disk) return
  execFileSync('umount', [disk])
  rmSync(disk, { recursive: true })
})

const entry = (at: number, node: string): JournalEntry => ({ kind: 'within', at, node, seconds: 1 })

test.runIf(disk)(
  'on a full disk the journal says so and keeps whole lines, and goes on once there is room',
  async () => {
    const path = join(disk!, 'journal')
    const ballast = join(disk!, 'ballast')
    writeFileSync(ballast, Buffer.alloc(8 * 1024))
    const journal = await fileJournal(path)
    const kept = [entry(1, 'first')]
    await journal.append(kept[0]!)
    const full = await Promise.allSettled([
      journal.append(entry(2, 'x'.repeat(10_000))),
      journal.append(entry(3, 'next')),
    ])
    expect(full[0]).toMatchObject({ status: 'rejected', reason: { code: 'controller.journal_not_written' } })
    expect(full[1].status).toBe('fulfilled')
    kept.push(entry(3, 'next'))
    expect(await journal.read()).toEqual(kept)
    rmSync(ballast)
    await journal.append(entry(4, 'y'.repeat(10_000)))
    expect((await journal.read()).map(({ at }) => at)).toEqual([1, 3, 4])
    await journal.close()
    expect(readFileSync(path, 'utf8').endsWith('\n')).toBe(true)
  },
)

test('whoever reads while a line is being written reads the lines before it, and no broken journal', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dengta-journal-'))
  const path = join(folder, 'journal')
  const journal = await fileJournal(path)
  await journal.append(entry(1, 'first'))
  appendFileSync(path, '{"kind":"within","at":2,')
  expect(await journal.read()).toEqual([entry(1, 'first')])
  await journal.close()
  rmSync(folder, { recursive: true })
})
