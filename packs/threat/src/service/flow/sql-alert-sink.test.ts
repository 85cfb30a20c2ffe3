import { readdirSync, readFileSync, readlinkSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type Store, testStores } from '@dengta/store'
import type { Transaction } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { stepOfIds, storedSteps } from '../../pipeline/sink/alert-sink.contract.ts'
import type { SinkStep } from '../../pipeline/sink/alert-sink.ts'
import { threatMigrations } from '../migrations.ts'
import type { ThreatTables } from '../tables.ts'
import { stepFolder } from './flow-folder.ts'
import { SqlAlertSink, type SqlAlertSinkOptions } from './sql-alert-sink.ts'

const stepsTo = (last: number): SinkStep[] => Array.from({ length: last }, (_, i) => stepOfIds(i + 1, [`a${i + 1}`]))
const untilThere = async (isThere: () => boolean): Promise<void> => {
  while (!isThere()) await delay(5)
}
const state = (text: string) => [Buffer.from(text)]

describe.each(testStores())('steps in files beside a position in the database, $name', ({ make }) => {
  let store: Store
  let flow = 'flow-0'
  const opened: SqlAlertSink[] = []
  beforeAll(async () => {
    store = await make(threatMigrations)
  })
  afterEach(async () => {
    for (const sink of opened.splice(0)) await sink.close()
    flow = `flow-${Number(flow.slice(5)) + 1}`
  })
  afterAll(() => store.close())

  const open = async (options: Partial<SqlAlertSinkOptions> = {}, on = store): Promise<SqlAlertSink> => {
    const sink = await SqlAlertSink.open(on, { flow, project, ...options })
    opened.push(sink)
    return sink
  }
  /** One row a step, as the projection of the house writes many. */
  const project = async (tx: Transaction<ThreatTables>, { position }: SinkStep): Promise<void> => {
    await tx
      .insertInto('threat_credits')
      .values({ digest: `${flow} ${position}`, body: '' })
      .execute()
  }
  const projected = async (): Promise<number> =>
    (
      await store
        .db<ThreatTables>()
        .selectFrom('threat_credits')
        .where('digest', 'like', `${flow} %`)
        .selectAll()
        .execute()
    ).length
  const folder = () => stepFolder(store.home, flow)
  const files = () => readdirSync(folder()).filter((name) => name.startsWith('alerts-'))
  const fill = async (steps: readonly SinkStep[], options: Partial<SqlAlertSinkOptions> = {}) => {
    const sink = await open(options)
    for (const step of steps) await sink.append(step)
    return sink
  }
  const setBack = (position: number) =>
    store
      .db<ThreatTables>()
      .updateTable('threat_flows')
      .set({ position: String(position) })
      .where('name', '=', flow)
      .execute()
  const flowRow = () =>
    store.db<ThreatTables>().selectFrom('threat_flows').selectAll().where('name', '=', flow).executeTakeFirstOrThrow()
  /** A store whose transactions fail: before they commit, or after it as where the answer is lost. */
  const failing = (when: 'before' | 'after'): Store => ({
    ...store,
    transaction: async (work) => {
      const fail = () => {
        throw new Error('the connection broke')
      }
      const result = await store.transaction<never, unknown>(async (tx) => {
        const done = await work(tx as never)
        return when === 'before' ? fail() : done
      })
      return when === 'after' ? fail() : (result as never)
    },
  })

  // PGlite ends with its house; a PostgreSQL may still be committing what a killed house sent last
  test('a step that the database is still committing for a house that died is waited for, and its file is not cut', async () => {
    await fill(stepsTo(1))
    let commit = (): void => undefined
    const committing = new Promise<void>((resolve) => {
      commit = resolve
    })
    const died = await open({ project: () => committing })
    const last = died.append(stepsTo(2)[1]!)
    await untilThere(() => readFileSync(join(folder(), files()[0]!), 'utf8').includes('"a2"'))
    const opening = open()
    await delay(100)
    commit()
    await last
    const sink = await opening
    expect(sink.position).toBe(2)
    expect(await storedSteps(sink)).toEqual(stepsTo(2))
  })

  test('a transaction that fails leaves a step on the disk that does not count; the next try takes its place', async () => {
    let isBroken = true
    const breaking: SqlAlertSinkOptions['project'] = async (tx, step) => {
      if (isBroken && step.position === 3) throw new Error('refused')
      await project(tx, step)
    }
    const sink = await fill(stepsTo(2), { project: breaking })
    await expect(sink.append(stepOfIds(3, ['a long first try', 'of two alerts']))).rejects.toThrow('refused')
    expect([sink.position, await storedSteps(sink), await projected()]).toEqual([2, stepsTo(2), 2])
    const meanwhile = readFileSync(join(folder(), files()[0] as string), 'utf8')
    expect(meanwhile).toContain('a long first try')
    isBroken = false
    await sink.append(stepOfIds(3, ['short']))
    const all = [...stepsTo(2), stepOfIds(3, ['short'])]
    expect([sink.position, await storedSteps(sink), await projected()]).toEqual([3, all, 3])
    const again = await open()
    expect([again.position, await storedSteps(again)]).toEqual([3, all])
  })

  test.each(['before', 'after'] as const)('a process that ends %s the commit', async (when) => {
    await fill(stepsTo(2))
    const sink = await open({}, failing(when))
    await expect(sink.append(stepOfIds(3, ['c']))).rejects.toThrow('the connection broke')
    const again = await open()
    const counts = when === 'after' ? 3 : 2
    const expected = [...stepsTo(2), stepOfIds(3, ['c'])].slice(0, counts)
    expect([again.position, await storedSteps(again), await projected()]).toEqual([counts, expected, counts])
    await again.append(stepOfIds(3, ['c']))
    await again.append(stepOfIds(4, ['d']))
    expect([(await storedSteps(again)).map(({ position }) => position), await projected()]).toEqual([[1, 2, 3, 4], 4])
  })

  test('a commit whose answer was lost is found out by the next try', async () => {
    await fill(stepsTo(2))
    let isLost = true
    const broken = failing('after')
    const lossy: Store = { ...store, transaction: (work) => (isLost ? broken : store).transaction(work) }
    const sink = await open({}, lossy)
    await expect(sink.append(stepOfIds(3, ['c']))).rejects.toThrow('the connection broke')
    isLost = false
    await sink.append(stepOfIds(3, ['c']))
    await sink.append(stepOfIds(4, ['d']))
    const all = [...stepsTo(2), stepOfIds(3, ['c']), stepOfIds(4, ['d'])]
    expect([sink.position, await storedSteps(sink), await projected()]).toEqual([4, all, 4])
  })

  test('another program that stores steps of the flow is told, and nothing is stored', async () => {
    const [one, other] = [await fill(stepsTo(2)), await open()]
    await other.append(stepOfIds(3, ['c']))
    await expect(one.append(stepOfIds(4, ['d']))).rejects.toMatchObject({ code: 'threat_pipeline.steps_elsewhere' })
    expect(await projected()).toBe(3)
  })

  test('a database set back is gone on from: what stands behind its position is cut', async () => {
    await fill(stepsTo(6), { fileBytes: 600 })
    expect(files().length).toBeGreaterThan(2)
    await setBack(3)
    const sink = await open()
    expect([sink.position, await storedSteps(sink)]).toEqual([3, stepsTo(3)])
    expect(files().at(-1)).toBe('alerts-000000000003.ndjson')
    expect(readFileSync(join(folder(), 'alerts-000000000003.ndjson'), 'utf8')).not.toContain('"position":4')
  })

  test('a tail torn anywhere behind the position is cut; torn before it, it is damage and stays as it is', async () => {
    await fill(stepsTo(3))
    const path = join(folder(), files()[0] as string)
    const whole = readFileSync(path)
    const end = whole.indexOf('\n', whole.indexOf('"commit":{"position":2')) + 1
    for (const length of [end, end + 1, end + 200, whole.length - 1]) {
      await setBack(2)
      writeFileSync(path, whole.subarray(0, length))
      expect(await storedSteps(await open())).toEqual(stepsTo(2))
      await setBack(3)
      writeFileSync(path, whole.subarray(0, length))
      const code = length === end ? 'threat_pipeline.steps_missing' : 'threat_pipeline.sink_damaged'
      await expect(open()).rejects.toMatchObject({ code })
      expect(readFileSync(path).length).toBe(length)
    }
  })

  test('a file that is missing, at the end or between, is said in words; nothing is changed', async () => {
    await fill(stepsTo(6), { fileBytes: 600 })
    const kept = files()
    for (const gone of [kept[1] as string, kept.at(-1) as string]) {
      const path = join(folder(), gone)
      const bytes = readFileSync(path)
      rmSync(path)
      const error = await open().catch((thrown) => thrown)
      expect(error).toMatchObject({ code: 'threat_pipeline.steps_missing', details: { folder: folder() } })
      expect(error.text.zh).toContain('请用同一份备份恢复数据目录和数据库')
      writeFileSync(path, bytes)
    }
    rmSync(folder(), { recursive: true })
    await expect(open()).rejects.toThrow(/lacks the steps from 0 to 6, .*restore the data folder and the database/)
  })

  test('a checkpoint covers the steps before it: their files go, and may be missing', async () => {
    const sink = await fill(stepsTo(6), { fileBytes: 600 })
    const before = files().length
    await sink.saveCheckpoint({ position: 4, state: state('four') })
    expect(files().length).toBeLessThan(before)
    expect((await storedSteps(sink, 4)).map(({ position }) => position)).toEqual([5, 6])
    await sink.saveCheckpoint({ position: 6, state: state('six') })
    for (const name of files()) rmSync(join(folder(), name))
    writeFileSync(join(folder(), 'stages.state.new'), 'a torn one')
    const again = await open()
    await again.append(stepOfIds(9, ['i']))
    const last = await open()
    expect([last.position, await storedSteps(last, 6)]).toEqual([9, [stepOfIds(9, ['i'])]])
    expect(Buffer.from((await last.loadCheckpoint())?.state ?? []).toString()).toBe('six')
  })

  test('a checkpoint ahead of the database is refused: when it is saved, and when it is found', async () => {
    const sink = await fill(stepsTo(3))
    const ahead = { code: 'threat_pipeline.checkpoint_ahead' }
    await expect(sink.saveCheckpoint({ position: 4, state: state('four') })).rejects.toMatchObject(ahead)
    expect(await sink.loadCheckpoint()).toBeUndefined()
    await sink.saveCheckpoint({ position: 3, state: state('three') })
    await setBack(2)
    const before = readFileSync(join(folder(), files()[0] as string))
    await expect(open()).rejects.toMatchObject(ahead)
    expect(readFileSync(join(folder(), files()[0] as string))).toEqual(before)
  })

  test('a broken checkpoint is said', async () => {
    const sink = await fill(stepsTo(3))
    await sink.saveCheckpoint({ position: 3, state: state('three') })
    truncateSync(join(folder(), 'stages.state'), 60)
    await expect((await open()).loadCheckpoint()).rejects.toMatchObject({ code: 'threat_pipeline.checkpoint_damaged' })
    truncateSync(join(folder(), 'stages.state'), 10)
    await expect(open()).rejects.toMatchObject({ code: 'threat_pipeline.checkpoint_damaged' })
  })

  /** What a house from before this has: steps and checkpoint in rows, and no files. */
  const houseOfRows = async (): Promise<void> => {
    const row = { name: flow, position: '5', checkpoint_at: '2', checkpoint: Buffer.from('of rows') }
    await store.db<ThreatTables>().insertInto('threat_flows').values(row).execute()
    const steps = stepsTo(5).slice(2)
    const rows = steps.map(({ position, timeMs, ...body }) => {
      return { flow, position: String(position), time_ms: String(timeMs), body: JSON.stringify(body) }
    })
    await store.db<ThreatTables>().insertInto('threat_steps').values(rows).execute()
  }
  const rowsLeft = async () =>
    (await store.db<ThreatTables>().selectFrom('threat_steps').where('flow', '=', flow).selectAll().execute()).length

  test('a house of rows goes on in files; its rows go after the first checkpoint that is one', async () => {
    await houseOfRows()
    const sink = await open()
    expect([sink.position, await storedSteps(sink, 2)]).toEqual([5, stepsTo(5).slice(2)])
    await sink.append(stepOfIds(6, ['a6']))
    const again = await open()
    expect([again.position, await storedSteps(again, 2)]).toEqual([6, stepsTo(6).slice(2)])
    expect(Buffer.from((await again.loadCheckpoint())?.state ?? []).toString()).toBe('of rows')
    await again.saveCheckpoint({ position: 6, state: state('of files') })
    expect([await rowsLeft(), await flowRow()]).toMatchObject([0, { checkpoint: null, checkpoint_at: null }])
    const last = await open()
    expect(Buffer.from((await last.loadCheckpoint())?.state ?? []).toString()).toBe('of files')
    expect(await storedSteps(last, 6)).toEqual([])
  })

  test('one that ends between its first checkpoint file and the end of its rows reads the file', async () => {
    await houseOfRows()
    const sink = await open({}, failing('before'))
    await expect(sink.saveCheckpoint({ position: 5, state: state('of files') })).rejects.toThrow('the connection broke')
    expect(await rowsLeft()).toBe(3)
    const again = await open()
    expect(await again.loadCheckpoint()).toMatchObject({ position: 5 })
    expect(await storedSteps(again, 5)).toEqual([])
    await again.append(stepOfIds(6, ['a6']))
    await again.saveCheckpoint({ position: 6, state: state('six') })
    expect([await rowsLeft(), await flowRow()]).toMatchObject([0, { checkpoint: null }])
  })

  test('files of a flow are readable by their owner alone, and closed when it is', async () => {
    const sink = await fill(stepsTo(1))
    const held = () => readdirSync('/proc/self/fd').filter((fd) => linkOf(fd).startsWith(folder()))
    expect(statSync(folder()).mode & 0o777).toBe(0o700)
    expect(held()).toHaveLength(1)
    await sink.close()
    expect(held()).toHaveLength(0)
  })
})

/** What an open file is; empty where it was closed meanwhile. */
function linkOf(fd: string): string {
  try {
    return readlinkSync(join('/proc/self/fd', fd))
  } catch {
    return ''
  }
}
