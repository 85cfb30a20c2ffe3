import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { systemClock } from '@dengta/kernel'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { EngineJob, Executor, Order } from '../executor/executor.ts'
import { PORTS } from './cluster-files.ts'
import { inside, processesIn } from './namespace.ts'
import { createPowerReservations } from './power-reservations.ts'
import { runCommand } from './run-command.ts'
import { openCluster, type SlurmCluster } from './slurm-cluster.ts'
import type { SlurmDescription } from './slurm-description.ts'
import { createSlurmExecutor } from './slurm-executor.ts'
import { whatSlurmLacks } from './slurm-needs.ts'
import { startSlurm } from './start-slurm.ts'
import { stopSlurm } from './stop-slurm.ts'

const lack = await whatSlurmLacks()
if (lack) process.stdout.write(`SKIPPED slurm.slow.test.ts: ${lack.text.en}\n`)

const DESCRIPTION: SlurmDescription = {
  chipsPerNode: 8,
  sites: [
    { site: 'north', limitKw: 10, pools: [{ chip: 'a910b', nodes: 2 }] },
    { site: 'west', limitKw: 10, pools: [{ chip: 'mlu370', nodes: 2 }] },
  ],
}

/** Slurm counts time in whole seconds: a run shorter than one may have used nothing. */
const SECOND_MS = 1100

describe.skipIf(lack)('a real Slurm of four nodes', () => {
  let folder = ''
  let cluster: SlurmCluster
  let listenersBefore: readonly string[] = []

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dengta-slurm-'))
    listenersBefore = await listeners()
    cluster = await startSlurm({ folder, description: DESCRIPTION })
  }, 120_000)

  afterAll(async () => {
    await stopSlurm(folder)
    await rm(folder, { recursive: true, force: true })
  })

  // What a test that failed left behind would fail the ones after it.
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return
    const slurm = executor('commands')
    for (const { job } of await slurm.jobs()) await slurm.cancel(job)
    for (const { site, limitKw } of DESCRIPTION.sites) await slurm.setPowerLimit(site, limitKw)
    for (const node of ['n1', 'n2']) await scontrol('update', `nodename=${node}`, 'state=resume').catch(() => '')
  }, 60_000)

  const executor = (way: 'both' | 'rest' | 'commands', nodePatienceMs?: number): Executor =>
    createSlurmExecutor({
      connection: cluster.connection,
      description: DESCRIPTION,
      clock: systemClock,
      ...{ way, nodePatienceMs },
    })

  const scontrol = (...words: readonly string[]): Promise<string> =>
    runCommand([...inside(cluster.namespace), 'scontrol', ...words], { env: cluster.connection.environment })

  test('nothing of it can be reached from outside: the machine listens on none of its ports', async () => {
    const added = (await listeners()).filter((address) => !listenersBefore.includes(address))
    const own = [PORTS.slurmctld, PORTS.slurmdbd, PORTS.mariadb, ...[0, 1, 2, 3].map((k) => PORTS.firstSlurmd + k)]
    expect(added.filter((address) => own.some((port) => port === portOf(address)))).toEqual([])
    const interfaces = await runCommand([...inside(cluster.namespace), 'ip', '-brief', 'link'])
    expect(interfaces.trim().split('\n')).toEqual([expect.stringMatching(/^lo /)])
  })

  test('keys and passwords are made anew and only their owners read them', async () => {
    for (const file of ['munge/munge.key', 'ctld/jwt.key', 'etc/slurmdbd.conf', 'etc/account.sql']) {
      const mode = await runCommand(['stat', '--format=%a', join(folder, file)])
      expect([file, mode.trim()]).toEqual([file, '600'])
    }
    expect(await readFile(join(folder, 'etc/slurmdbd.conf'), 'utf8')).toMatch(/StoragePass=[0-9a-f]{48}/)
  })

  test('no user may write into a folder that is not its own', async () => {
    expect(await runCommand(['find', folder, '-type', 'd', '-perm', '/0022'])).toBe('')
  })

  describe.each(['rest', 'commands'] as const)('by %s', (way) => {
    test('a job runs as nobody, with its arguments as they were given, and its usage comes back', async () => {
      const slurm = executor(way)
      const began = Date.now() - 1000
      const word = `it's $HOME; $(id) \`id\` #SBATCH\n*`
      const job = `${way}-words`
      await slurm.submit(order(job, { command: ['sh', '-c', 'id -un; printf %s "$1"; sleep 1', 'sh', word] }), false)
      const ended = await waitFor(slurm, job, 'done')
      expect(await readFile(join(folder, 'output', `${ended.engineId}.out`), 'utf8')).toBe(`nobody\n${word}`)
      const usage = await until(async () => (await slurm.usage(began)).find((each) => each.job === job))
      expect(usage).toMatchObject({ chips: 2, exitCode: 0, joules: { method: 'estimate' } })
      const seconds = (usage.endedAt - usage.startedAt) / 1000
      expect(usage.chipHours).toBeCloseTo((2 * seconds) / 3600, 9)
      expect(usage.joules?.value).toBeCloseTo(2 * 310 * seconds, 6)
    })

    test('a job runs on the node that its order names, waits for it where it is taken, and says where it is', async () => {
      const slurm = executor(way)
      const first = order(`${way}-node-a`, { chips: 8, nodes: ['n2'] })
      const next = order(`${way}-node-b`, { chips: 8, nodes: ['n2'] })
      await slurm.submit(first, false)
      expect(await waitFor(slurm, first.job, 'running')).toMatchObject({ nodes: ['n2'] })
      await slurm.submit(next, false)
      await sleep(3000)
      const waiting = await find(slurm, next.job)
      expect(waiting).toMatchObject({ state: 'waiting', nodes: undefined })
      await slurm.cancel(first.job)
      expect(await waitFor(slurm, next.job, 'running')).toMatchObject({ nodes: ['n2'] })
      await slurm.cancel(next.job)
      await waitFor(slurm, next.job, 'cancelled')
    })

    test('an order whose node breaks waits a while for it, then runs on a healthy one', async () => {
      const slurm = executor(way, 3000)
      // a node that was just resumed registers anew, which would undo a second `down`: each way breaks its own
      const [broken, healthy] = way === 'rest' ? ['n2', 'n1'] : ['n1', 'n2']
      await scontrol('update', `nodename=${broken}`, 'state=down', 'reason=trial')
      const stranded = order(`${way}-node-broken`, { chips: 8, nodes: [broken] })
      await slurm.submit(stranded, false)
      const waiting = await until(async () => {
        const found = await find(slurm, stranded.job)
        return String(found?.reason).includes(broken) ? found : undefined
      })
      expect(waiting.state).toBe('waiting')
      expect(await waitFor(slurm, stranded.job, 'running')).toMatchObject({ nodes: [healthy] })
      await slurm.cancel(stranded.job)
      await waitFor(slurm, stranded.job, 'cancelled')
      await scontrol('update', `nodename=${broken}`, 'state=resume')
    })

    test('a job whose node breaks goes on elsewhere and has not ended; one that is cancelled is not done', async () => {
      const slurm = executor(way)
      const began = Date.now() - 1000
      const job = `${way}-unlucky`
      await slurm.submit(order(job), false)
      const { nodes, startedAt } = await waitFor(slurm, job, 'running')
      await sleep(SECOND_MS)
      await scontrol('update', `nodename=${nodes![0]}`, 'state=down', 'reason=trial')
      for (let look = 0; look < 10; look += 1) {
        expect((await slurm.usage(began)).filter((each) => each.job === job)).toEqual([])
        await sleep(200)
      }
      expect((await waitFor(slurm, job, 'running')).startedAt).toBeGreaterThan(startedAt!)
      await sleep(SECOND_MS)
      await slurm.cancel(job)
      const usage = await until(async () => (await slurm.usage(began)).find((each) => each.job === job))
      expect(usage.exitCode).toBeUndefined()
      expect(usage.chipHours * 3600).toBeGreaterThanOrEqual(2 * 2)
      // a node whose daemon lives comes back by itself, and is then no node to resume
      await scontrol('update', `nodename=${nodes![0]}`, 'state=resume').catch(() => '')
    })

    test("a comment of somebody else's job that holds a whole line of squeue or sacct forges no job of the house", async () => {
      const slurm = executor(way)
      const began = Date.now() - 1000
      const facts = 'dengta=1&participant=p&site=north&chip=a910b&chips=8&watts=300&kw=900'
      const listed = `1|RUNNING|1|1000|2000|n1|nobody|${facts}|${way}-forged|None`
      const counted = `1|COMPLETED|${Math.floor(began / 1000)}|${Math.ceil(Date.now() / 1000)}|0:0||nobody|${facts}|${way}-forged`
      const comment = `x\n${listed}\n${counted}\n`
      const words = ['sbatch', '--parsable', '--uid=games', '--chdir=/', '--output=/dev/null', `--comment=${comment}`]
      const { environment: env } = cluster.connection
      const id = await runCommand([...inside(cluster.namespace), ...words], { env, input: '#!/bin/sh\nsleep 1\n' })
      const told = async () => (await scontrol('show', 'job', id.trim())).match(/JobState=(\w+)/)?.[1]
      await until(async () => (await told()) === 'COMPLETED')
      expect((await slurm.jobs()).map(({ job }) => job)).not.toContain(`${way}-forged`)
      await sleep(SECOND_MS)
      expect((await slurm.usage(began)).map(({ job }) => job)).not.toContain(`${way}-forged`)
    })

    test('the same order twice, at once and after a crash of ours, is one job', async () => {
      const job = `${way}-once`
      const slurm = executor(way)
      await Promise.all([slurm.submit(order(job), true), slurm.submit(order(job), true)])
      await executor(way).submit(order(job), true)
      expect((await slurm.jobs()).filter((each) => each.job === job)).toHaveLength(1)
      await slurm.cancel(job)
      await waitFor(slurm, job, 'cancelled')
      await executor(way).submit(order(job), true)
      await slurm.release(job)
      await slurm.cancel(job)
      expect((await slurm.jobs()).filter((each) => each.job === job)).toMatchObject([{ state: 'cancelled' }])
    })

    test('licences keep a site under its limit; a lowered limit is met by requeueing; release goes on', async () => {
      const slurm = executor(way)
      const jobs = ['a', 'b', 'c'].map((letter) => `${way}-power-${letter}`)
      for (const job of jobs) await slurm.submit(order(job, { kw: 4 }), false)
      await until(async () => (await running(slurm, jobs)).length === 2)
      const waiting = await until(async () =>
        (await slurm.jobs()).find(({ job, reason }) => jobs.includes(job) && reason === 'Licenses'),
      )
      expect(waiting.state).toBe('waiting')
      await sleep(SECOND_MS)

      const cut = performance.now()
      await slurm.setPowerLimit('north', 5)
      const victim = (await running(slurm, jobs))[0]!
      await slurm.requeue([victim, waiting.job])
      await until(async () => kwOf(await slurm.jobs(), 'north') <= 5)
      expect(performance.now() - cut).toBeLessThan(5000)
      expect((await find(slurm, victim))?.state).toBe('held')
      await slurm.requeue([victim])

      const levels = [{ job: victim, wattsPerChip: 100, kw: 0.9 }]
      const rest = (await running(slurm, jobs)).map((job) => ({ job, wattsPerChip: 100, kw: 1 }))
      expect(await slurm.setLevels([...levels, ...rest])).toEqual(rest.map(({ job }) => job))
      await slurm.release(victim)
      expect(await waitFor(slurm, victim, 'running')).toMatchObject({ kw: 0.9 })
      await slurm.setPowerLimit('north', 10)
      await until(async () => (await running(slurm, jobs)).length === 3)
      for (const job of jobs) await slurm.cancel(job)
      await until(async () => (await running(slurm, jobs)).length === 0)
      const usage = await until(async () => (await slurm.usage(0)).find((each) => each.job === victim))
      expect(usage.chipHours).toBeGreaterThan(0)
    })

    test('whole nodes are given back while a job runs, part of a node by a requeue; power and accounts follow', async () => {
      const slurm = executor(way)
      const began = Date.now() - 1000
      const [wide, part] = [`${way}-wide`, `${way}-part`]
      const held = tallyChips(slurm)
      await slurm.submit(order(wide, { chips: 16, kw: 4.96 }), false)
      const before = await waitFor(slurm, wide, 'running')
      expect(before.nodes).toHaveLength(2)
      await sleep(SECOND_MS)
      expect(await slurm.resize([{ job: wide, chips: 8, kw: 2.48, minutes: 20 }])).toEqual([])
      const after = await find(slurm, wide)
      expect(after).toMatchObject({ state: 'running', chips: 8, kw: 2.48, startedAt: before.startedAt })
      expect(after?.nodes).toEqual([before.nodes![0]])
      await slurm.submit(order(part, { chips: 8, kw: 2.48 }), false)
      await waitFor(slurm, part, 'running')
      expect(await slurm.resize([{ job: wide, chips: 16, kw: 4.96, minutes: 10 }])).toEqual([wide])
      await sleep(SECOND_MS)
      const small = { job: part, chips: 4, kw: 1.24, minutes: 20 }
      expect([...(await slurm.resize([small])), ...(await slurm.resize([small]))]).toEqual([])
      await until(async () => runsOn(await find(slurm, part), 4))
      expect((await find(slurm, part))?.kw).toBe(1.24)
      await sleep(SECOND_MS)
      await slurm.cancel(part)
      await waitFor(slurm, part, 'cancelled')
      expect(await slurm.resize([{ job: wide, chips: 16, kw: 4.96, minutes: 10 }])).toEqual([])
      await until(async () => runsOn(await find(slurm, wide), 16))
      expect((await find(slurm, wide))?.nodes).toHaveLength(2)
      await sleep(SECOND_MS)
      await slurm.cancel(wide)
      await waitFor(slurm, wide, 'cancelled')
      for (const [job, chips, tally] of [
        [wide, 16, await held.of(wide)],
        [part, 8, await held.of(part)],
      ] as const) {
        const usage = await until(async () => (await slurm.usage(began)).find((each) => each.job === job))
        expect(usage.chips).toBe(chips)
        // Slurm counts whole seconds, and each of three runs has two ends.
        expect(Math.abs(usage.chipHours * 3600 - tally)).toBeLessThan(6 * 16)
        expect(usage.joules!.value).toBeCloseTo(310 * 3600 * usage.chipHours, 3)
      }
    }, 120_000)

    test('hold keeps a waiting job; an unknown job and a job that ended are told apart', async () => {
      const slurm = executor(way)
      const job = `${way}-held`
      await slurm.submit(order(job), true)
      expect(await find(slurm, job)).toMatchObject({ state: 'held', site: 'north', chip: 'a910b', chips: 2, kw: 0.62 })
      await slurm.release(job)
      await slurm.hold(job)
      await slurm.cancel(job)
      await slurm.cancel(job)
      await expect(slurm.release(`${way}-never`)).rejects.toMatchObject({ code: 'slurm.unknown_job' })
    })
  })

  test('an event of the grid holds back what would overlap it, and can be taken back', async () => {
    const slurm = executor('both')
    const events = createPowerReservations(cluster.connection)
    const soon = Date.now() + 2 * 60_000
    await events.create([{ name: 'event-1', site: 'west', kw: 8, startsAt: soon, minutes: 15 }])
    expect(await events.names()).toEqual(['event-1'])
    const west = { site: 'west', chip: 'mlu370', kw: 4, minutes: 30 }
    await slurm.submit(order('overlaps', west), false)
    await sleep(4000)
    expect((await find(slurm, 'overlaps'))?.state).toBe('waiting')
    expect(await events.guards(['north', 'west'])).toEqual(
      new Map([
        ['north', 10],
        ['west', 10],
      ]),
    )
    const more = { name: 'event-2', site: 'west', kw: 2.5, startsAt: soon, minutes: 15 }
    await expect(events.create([more])).rejects.toMatchObject({ code: 'slurm.command_failed' })
    await events.change([{ name: 'event-1', site: 'west', kw: 7 }])
    await events.create([more])
    await expect(events.change([{ name: 'event-1', site: 'west', kw: 11 }])).rejects.toMatchObject({
      code: 'slurm.command_failed',
    })
    await events.remove(['event-1', 'event-2', 'event-1'])
    await waitFor(slurm, 'overlaps', 'running')
    await slurm.cancel('overlaps')
    await expect(
      events.create([{ name: 'x y', site: 'west', kw: 1, startsAt: soon, minutes: 1 }]),
    ).rejects.toMatchObject({ code: 'slurm.unsafe_name' })
  })

  test('slurmctld killed by force and started again still knows the jobs; the running one runs on', async () => {
    const slurm = executor('both')
    await slurm.submit(order('survivor', { command: ['sleep', '300'] }), false)
    const before = await waitFor(slurm, 'survivor', 'running')
    await sleep(6000)
    await runCommand([...inside(cluster.namespace), 'sh', '-c', 'kill -9 "$(cat /media/slurm/run/slurmctld.pid)"'])
    await runCommand([...inside(cluster.namespace), 'slurmctld'], { env: cluster.connection.environment })
    const after = await waitFor(slurm, 'survivor', 'running')
    expect(after).toMatchObject({ engineId: before.engineId, startedAt: before.startedAt })
    await slurm.submit(order('survivor'), false)
    await slurm.cancel('survivor')
    await waitFor(slurm, 'survivor', 'cancelled')
  })

  test('where the REST service is gone, the commands take over', async () => {
    const slurm = executor('both')
    await runCommand([...inside(cluster.namespace), 'sh', '-c', 'kill -9 $(pidof slurmrestd)'])
    await slurm.submit(order('no-rest'), true)
    expect(await find(slurm, 'no-rest')).toMatchObject({ state: 'held' })
  })

  test('whoever comes later finds the cluster, and stopping leaves no process', async () => {
    const found = await openCluster(folder)
    expect(found.namespace).toEqual(cluster.namespace)
    const pids = await processesIn(cluster.namespace)
    expect(pids.length).toBeGreaterThan(8)
    await found.stop()
    expect(pids.filter(isAlive)).toEqual([])
    expect(isAlive(cluster.namespace.pid)).toBe(false)
    await expect(openCluster(folder)).rejects.toMatchObject({ code: 'slurm.not_running' })
  })

  test('a second start on the same folder keeps the accounts', async () => {
    const again = await startSlurm({ folder, description: DESCRIPTION })
    const slurm = createSlurmExecutor({ ...again, clock: systemClock })
    expect((await slurm.usage(0)).map(({ job }) => job)).toContain('rest-words')
    await again.stop()
  })
})

function order(job: string, change: Partial<Order> = {}): Order {
  return {
    job,
    participant: '某公司 & Co.',
    site: 'north',
    chip: 'a910b',
    chips: 2,
    wattsPerChip: 310,
    kw: 0.62,
    minutes: 10,
    mayPause: true,
    command: ['sleep', '120'],
    ...change,
  }
}

const find = async (slurm: Executor, job: string): Promise<EngineJob | undefined> =>
  (await slurm.jobs()).find((each) => each.job === job)

const running = async (slurm: Executor, jobs: readonly string[]): Promise<string[]> =>
  (await slurm.jobs()).filter(({ job, state }) => jobs.includes(job) && state === 'running').map(({ job }) => job)

const kwOf = (jobs: readonly EngineJob[], site: string): number =>
  jobs.reduce((sum, job) => sum + (job.site === site && job.state === 'running' ? job.kw : 0), 0)

const runsOn = (job: EngineJob | undefined, chips: number): boolean =>
  job?.state === 'running' && job.chips === chips && job.leavingSince === undefined

/** Looks at the engine five times a second and adds up the chips that its jobs are seen to hold, in chip-seconds. */
function tallyChips(slurm: Executor) {
  const sums = new Map<string, number>()
  let last = Date.now()
  let going = true
  const looking = (async () => {
    while (going) {
      const jobs = await slurm.jobs().catch(() => undefined)
      if (!jobs) return
      const now = Date.now()
      for (const { job, state, chips, leavingSince } of jobs)
        if (state === 'running' && leavingSince === undefined)
          sums.set(job, (sums.get(job) ?? 0) + (chips * (now - last)) / 1000)
      last = now
      await sleep(200)
    }
  })()
  return {
    of: async (job: string): Promise<number> => {
      going = false
      await looking
      return sums.get(job) ?? 0
    },
  }
}

const waitFor = (slurm: Executor, job: string, state: EngineJob['state']): Promise<EngineJob> =>
  until(async () => {
    const found = await find(slurm, job)
    return found?.state === state ? found : undefined
  })

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

async function until<T>(look: () => Promise<T | undefined | false>): Promise<T> {
  for (let turn = 0; turn < 300; turn += 1) {
    const found = await look()
    if (found) return found
    await sleep(200)
  }
  throw new Error('it did not come in 60 s')
}

/** Of an address as the kernel lists it: `0100007F:1AA1`. */
const portOf = (address: string): number => Number.parseInt(address.split(':').at(-1)!, 16)

/** Addresses and ports that this machine listens on, outside every namespace of ours. */
async function listeners(): Promise<readonly string[]> {
  const tables = await Promise.all(
    ['tcp', 'tcp6'].map((name) => readFile(`/proc/self/net/${name}`, 'utf8').catch(() => '')),
  )
  const rows = tables.flatMap((table) => table.split('\n').map((line) => line.trim().split(/\s+/)))
  return rows
    .filter(([, , , state]) => state === '0A')
    .map(([, address]) => address!)
    .sort()
}
