import { describe, expect, test } from 'vitest'
import type { JournalEntry, Run } from './run.ts'
import type { RunStore } from './run-store.ts'

const at = '2026-11-22T08:00:00.000Z'
const run: Run = {
  ...{ id: 'run_1', version: 1, status: 'running', requester: 'ann', reason: 'incident 7', startedAt: at },
  ...{ playbooks: [], levels: [], approvals: [], done: [] },
}
const line = (kind: JournalEntry['kind']): JournalEntry => ({ kind, at, actor: 'ann' })

/** Every implementation runs these same cases. `open` answers an empty store. */
export function runStoreContract(name: string, open: () => Promise<RunStore>): void {
  describe(`run store, ${name}`, () => {
    test('gives back what was written, with its journal in order', async () => {
      const runs = await open()
      await runs.create(run, [line('started')])
      const later: Run = { ...run, version: 2, status: 'failed', failure: { en: 'x', zh: 'x' }, endedAt: at }
      await runs.save(later, [line('answered'), line('ended')])
      expect(await runs.find('run_1')).toEqual(later)
      expect(await runs.find('run_2')).toBeUndefined()
      expect((await runs.journal('run_1')).map(({ kind }) => kind)).toEqual(['started', 'answered', 'ended'])
      expect(await runs.journal('run_2')).toEqual([])
    })

    test('a stale writer loses, and its lines with it', async () => {
      const runs = await open()
      await runs.create(run, [line('started')])
      await runs.save({ ...run, version: 2 }, [])
      await expect(runs.save({ ...run, version: 2 }, [line('ended')])).rejects.toMatchObject({
        code: 'threat_respond.stale',
      })
      expect(await runs.journal('run_1')).toHaveLength(1)
      await expect(runs.create(run, [])).rejects.toMatchObject({ code: 'threat_respond.stale' })
    })
  })
}
