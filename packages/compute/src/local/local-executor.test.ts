import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openSandbox } from '@dengta/sandbox'
import { entryFile } from '@dengta/store'
import { build } from 'esbuild'
import { afterEach, describe, expect, test } from 'vitest'
import type { Executor, Usage } from '../executor/executor.ts'
import type { Said } from './local-driver.ts'
import { localHouse } from './local-house.fixture.ts'
import { checkpointFolder } from './local-run.ts'

const probe = localHouse()
const { level } = await openSandbox({ workFolder: join(probe.folder, 'work') })
probe.remove()
const works = level.name === 'bubblewrap' && existsSync(entryFile('compute-job'))
if (!works) console.log('SKIPPED: the local executor needs bubblewrap and `node scripts/build.mjs entries`')

const PATIENT = { timeout: 15_000, interval: 20 }
const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
})

async function opened(house: ReturnType<typeof localHouse>, changes = {}) {
  const executor = await house.open(changes)
  cleanups.push(() => executor.close().catch(() => {}))
  return executor
}

function newHouse() {
  const house = localHouse()
  cleanups.push(() => house.remove())
  return house
}

const stateOf = async (executor: Executor, job: string) =>
  (await executor.jobs()).find((each) => each.job === job)?.state

const ends = (executor: Executor, job: string, state: string) =>
  expect.poll(() => stateOf(executor, job), PATIENT).toBe(state)

describe.runIf(works)('the local executor', () => {
  test('runs a program to its end and says what it used', async () => {
    const house = newHouse()
    const executor = await opened(house)
    await executor.submit(house.order('a', 3), false)
    await executor.submit(house.order('a', 3), false)
    await ends(executor, 'a', 'done')
    const [usage, ...others] = await executor.usage(0)
    expect(others).toEqual([])
    expect(usage).toMatchObject({ job: 'a', exitCode: 0, chips: 1 })
    expect(usage!.joules!.value).toBeGreaterThan(0)
    expect(usage!.chipHours).toBeCloseTo((usage!.endedAt - usage!.startedAt) / 3_600_000, 9)
    await expect.poll(() => readdirSync(join(house.home, 'checkpoints'))).toEqual([])
  })

  test('energy is metered where the machine has counters, else an estimate that says so', async () => {
    const house = newHouse()
    const zone = join(house.folder, 'powercap', 'intel-rapl:0')
    mkdirSync(zone, { recursive: true })
    const files = { name: 'package-0', energy_uj: '1000000', max_energy_range_uj: '262143328850' }
    for (const [name, value] of Object.entries(files)) writeFileSync(join(zone, name), `${value}\n`)
    const joules = async (powercap: string) => {
      const executor = await opened(house, { counters: { powercap } })
      await executor.submit(house.order(powercap, 2), false)
      await ends(executor, powercap, 'done')
      const [usage] = (await executor.usage(0)).filter(({ job }) => job === powercap)
      await executor.close()
      return usage!.joules
    }
    expect(await joules(dirname(zone))).toMatchObject({
      method: 'metered',
      source: expect.stringContaining('RAPL of package-0'),
    })
    expect(await joules(join(house.folder, 'none'))).toMatchObject({
      method: 'estimate',
      source: expect.stringContaining('15 W a core'),
    })
  })

  test('keeps to chips and to the power guard, and starts what waits when there is room', async () => {
    const house = newHouse()
    const executor = await opened(house)
    await executor.setPowerLimit('here', 0.6)
    await executor.submit(house.order('a', 100), false)
    await executor.submit(house.order('b', 100), false)
    await executor.submit(house.order('c', 100), true)
    expect((await executor.jobs()).map(({ state }) => state)).toEqual(['running', 'waiting', 'held'])
    await executor.setPowerLimit('here', 5)
    await executor.release('c')
    expect((await executor.jobs()).map(({ state }) => state)).toEqual(['running', 'running', 'waiting'])
    await executor.cancel('a')
    expect((await executor.jobs()).map(({ state }) => state)).toEqual(['cancelled', 'running', 'running'])
  })

  test('a job that is cancelled in the moment in which it may start runs no further, and gives its power back', async () => {
    const house = newHouse()
    const executor = await opened(house)
    await executor.setPowerLimit('here', 0)
    await executor.submit(house.order('a', 400), false)
    await Promise.all([executor.cancel('a'), executor.setPowerLimit('here', 0.6)])
    expect(await stateOf(executor, 'a')).toBe('cancelled')
    await executor.submit(house.order('b', 2), false)
    await ends(executor, 'b', 'done')
    expect(house.kept('a', 'step')).toBe('')
    expect(await stateOf(executor, 'a')).toBe('cancelled')
  })

  test('takes a job off its chips for real and lets it go on from its checkpoint', async () => {
    const house = newHouse()
    const executor = await opened(house)
    await executor.submit(house.order('a', 60), false)
    await expect.poll(() => Number(house.kept('a', 'step')), PATIENT).toBeGreaterThan(3)
    await executor.requeue(['a'])
    const at = house.kept('a', 'step')
    const [job] = await executor.jobs()
    expect(job).toMatchObject({ state: 'held', startedAt: undefined })
    expect(Date.now() - job!.checkpointAt!).toBeLessThan(5000)
    await new Promise((resolve) => setTimeout(resolve, 150))
    expect(house.kept('a', 'step')).toBe(at)
    await executor.release('a')
    await expect.poll(() => house.kept('a', 'starts'), PATIENT).toBe(`0\n${at}\n`)
    await ends(executor, 'a', 'done')
    expect(await executor.usage(0)).toHaveLength(1)
  })

  test('a smaller gang goes on from the checkpoint, sets chips and power free, and is counted minute by minute', async () => {
    const house = newHouse()
    const executor = await opened(house)
    await executor.submit(house.order('a', 150, { chips: 2, kw: 1 }), false)
    await executor.submit(house.order('b', 150), false)
    await expect.poll(() => Number(house.kept('a', 'step')), PATIENT).toBeGreaterThan(3)
    const began = Date.now()
    expect(await executor.resize([{ job: 'a', chips: 1, kw: 0.5, minutes: 2 }])).toEqual([])
    const shrunk = Date.now()
    const seen = async () => (await executor.jobs()).map(({ state, chips, kw }) => [state, chips, kw])
    expect(await seen()).toEqual([
      ['running', 1, 0.5],
      ['running', 1, 0.5],
    ])
    await expect.poll(() => house.kept('a', 'starts').trim().split('\n').length, PATIENT).toBe(2)
    expect(Number(house.kept('a', 'starts').split('\n')[1])).toBeGreaterThan(3)
    expect(await executor.resize([{ job: 'a', chips: 2, kw: 1, minutes: 1 }])).toEqual(['a'])
    await executor.cancel('b')
    expect(await executor.resize([{ job: 'a', chips: 2, kw: 1, minutes: 1 }])).toEqual([])
    const grown = Date.now()
    expect((await seen())[0]).toEqual(['running', 2, 1])
    await executor.cancel('a')
    const ended = Date.now()
    const usage = (await executor.usage(0)).find(({ job }) => job === 'a')!
    // Two chips until it shrank and after it grew, one in between; the stops themselves take a moment.
    const milliseconds = 2 * (ended - usage.startedAt) - (grown - began)
    expect(Math.abs(usage.chipHours * 3_600_000 - milliseconds)).toBeLessThan(2 * (shrunk - began) + 1500)
    expect(usage.chips).toBe(2)
  })

  test('killed between the wish for fewer chips and the stop, it starts again on the fewer', async () => {
    const house = newHouse()
    const executor = await opened(house)
    await executor.submit(house.order('a', 200, { chips: 2, kw: 1 }), false)
    await expect.poll(() => Number(house.kept('a', 'step')), PATIENT).toBeGreaterThan(3)
    await executor.close()
    const file = join(house.home, 'state.json')
    const state = JSON.parse(readFileSync(file, 'utf8'))
    Object.assign(state.jobs[0], { state: 'running', next: { chips: 1, kw: 0.5, minutes: 2 } })
    writeFileSync(file, JSON.stringify({ ...state, guards: { here: 0.6 } }))
    const again = await opened(house)
    expect(await again.jobs()).toMatchObject([{ state: 'running', chips: 1, kw: 0.5 }])
    await again.cancel('a')
  })

  test('says so where a program fails, and where it may not run here at all', async () => {
    const house = newHouse()
    const executor = await opened(house)
    const broken = join(house.folder, 'broken.mjs')
    writeFileSync(broken, 'throw new Error()')
    await executor.submit(house.order('broken', 1, { command: ['node', broken] }), false)
    await ends(executor, 'broken', 'failed')
    expect((await executor.jobs())[0]!.reason).toMatchObject({ en: expect.stringContaining('ended with an error') })
    await expect.poll(() => readdirSync(join(house.home, 'checkpoints'))).toEqual([])
    await executor.submit(house.order('gone', 1, { command: ['node', '/nowhere.mjs'] }), false)
    await ends(executor, 'gone', 'failed')
    const shell = house.order('shell', 1, { command: ['sh', '-c', 'true'] })
    await expect(executor.submit(shell, false)).rejects.toMatchObject({ code: 'local.command' })
    const large = house.order('large', 1, { chips: 3 })
    await expect(executor.submit(large, false)).rejects.toMatchObject({ code: 'local.pool' })
    expect(await executor.setLevels([{ job: 'broken', wattsPerChip: 1, kw: 1 }])).toEqual(['broken'])
  })

  test('keeps guard, holds and work over a close; one executor at a time', async () => {
    const house = newHouse()
    const first = await opened(house)
    await first.setPowerLimit('here', 0.6)
    await first.submit(house.order('a', 200), false)
    await first.submit(house.order('b', 5), true)
    await expect.poll(() => Number(house.kept('a', 'step')), PATIENT).toBeGreaterThan(3)
    await expect(house.open()).rejects.toMatchObject({ code: 'store.locked' })
    const ran = Date.now() - (await first.jobs())[0]!.startedAt!
    await first.close()
    await expect(first.release('b')).rejects.toMatchObject({ code: 'local.closed' })
    mkdirSync(checkpointFolder(house.home, 'over'))
    const second = await opened(house)
    expect(readdirSync(join(house.home, 'checkpoints'))).toHaveLength(1)
    const [a, b] = await second.jobs()
    expect([a!.state, b!.state]).toEqual(['running', 'held'])
    await second.release('b')
    expect(await stateOf(second, 'b')).toBe('waiting')
    await ends(second, 'a', 'done')
    await ends(second, 'b', 'done')
    const [{ endedAt, chipHours }] = (await second.usage(0)) as [Usage]
    expect(chipHours * 3_600_000).toBeGreaterThan(ran + endedAt - a!.startedAt! - 1)
  })

  test('after kill -9 goes on from the checkpoint, never twice at once', async () => {
    const house = newHouse()
    const child = spawn(process.execPath, [await driver(), house.folder], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [said] = await once(child.stdout, 'data')
    expect(String(said)).toContain('runs' satisfies Said)
    child.kill('SIGKILL')
    await once(child, 'exit')
    const step = Number(house.kept('long', 'step'))
    const executor = await opened(house)
    await expect.poll(() => house.kept('long', 'starts').trim().split('\n').length, PATIENT).toBe(2)
    expect(Number(house.kept('long', 'starts').split('\n')[1])).toBeGreaterThanOrEqual(step)
    expect(await stateOf(executor, 'long')).toBe('running')
    const resumedAt = (await executor.jobs())[0]!.startedAt!
    await executor.cancel('long')
    const [usage] = await executor.usage(0)
    expect(usage!.chipHours * 3_600_000).toBeGreaterThanOrEqual(usage!.endedAt - resumedAt + step * 20)
    expect(usage!.joules!.source).toMatch(/without what a run drew that ended with the house$/)
  })

  test('a run that ends while the disk is full keeps its chips no longer than that, and what waits then starts', async () => {
    const house = newHouse()
    const executor = await opened(house)
    const inSandbox = () => readdirSync(join(house.folder, 'work'))
    const nothing = inSandbox()
    await executor.submit(house.order('a', 3, { chips: 2, kw: 1 }), false)
    await executor.submit(house.order('b', 200), false)
    const full = join(house.home, 'state.json.next')
    mkdirSync(full)
    await expect.poll(() => house.kept('a', 'step'), PATIENT).toBe('3')
    await expect.poll(inSandbox, PATIENT).toEqual(nothing)
    await executor.requeue(['a'])
    await expect(executor.hold('b')).rejects.toMatchObject({ code: 'local.state_not_written' })
    expect((await executor.jobs()).map(({ state }) => state)).toEqual(['running', 'waiting'])
    const mendedAt = Date.now()
    rmdirSync(full)
    expect((await executor.jobs()).map(({ state }) => state)).toEqual(['done', 'running'])
    const [usage, ...others] = await executor.usage(0)
    expect(others).toEqual([])
    expect(usage).toMatchObject({ job: 'a', exitCode: 0 })
    expect(usage!.endedAt).toBeLessThan(mendedAt)
    await expect.poll(() => house.kept('a', 'step')).toBe('')
  })

  test('refuses a state that it cannot read', async () => {
    const house = newHouse()
    await (await opened(house)).close()
    writeFileSync(join(house.home, 'state.json'), '{"jobs": 7}')
    await expect(house.open()).rejects.toMatchObject({ code: 'local.state_broken' })
  })
})

const here = dirname(fileURLToPath(import.meta.url))
const built = join(here, '../../dist/local-driver.mjs')
async function driver(): Promise<string> {
  const options = { bundle: true, platform: 'node', format: 'esm', packages: 'external', logLevel: 'silent' } as const
  const alias = Object.fromEntries(
    ['kernel', 'sandbox', 'store'].map((name) => [`@dengta/${name}`, join(here, `../../../${name}/src/index.ts`)]),
  )
  await build({ ...options, alias, entryPoints: [join(here, 'local-driver.ts')], outfile: built })
  return built
}
