import { fixedClock } from '@dengta/kernel'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Order } from '../executor/executor.ts'
import { objectName } from './job-object.ts'
import { kubernetesClient } from './kubernetes-client.ts'
import { kubernetesExecutor } from './kubernetes-executor.ts'
import { Refusal } from './stub-api-objects.fixture.ts'
import { type StubServer, stubApiServer } from './stub-api-server.fixture.ts'

const START = '2026-07-15T00:00:00Z'
const PLACES = [
  { site: 'east', chip: 'npu', namespace: 'east', resource: 'huawei.com/Ascend910', nodeSize: 8 },
  { site: 'west', chip: 'npu', namespace: 'west', resource: 'huawei.com/Ascend910', nodeSize: 8 },
]
const clock = fixedClock(START)
let stub: StubServer
beforeEach(async () => {
  stub = await stubApiServer()
})
afterEach(() => stub.close())

function engine() {
  const plan = {
    server: stub.url,
    token: { bytes: Buffer.from('good') },
    ca: undefined,
    certificate: undefined,
    key: undefined,
  }
  const client = kubernetesClient(plan)
  return kubernetesExecutor({
    client,
    places: PLACES,
    imageOf: () => 'trainer:1',
    clock,
    endsWithinMs: 500,
    lookEveryMs: 10,
  })
}

const order = (job: string, changes: Partial<Order> = {}): Order => ({
  ...{ job, participant: 'p', site: 'east', chip: 'npu', chips: 8, wattsPerChip: 400, kw: 4, minutes: 60 },
  ...{ mayPause: true, command: ['python', 'train.py'], ...changes },
})

const pathOf = (job: string, namespace = 'east'): string =>
  `/apis/batch/v1/namespaces/${namespace}/jobs/${objectName(job)}`

/** What the job controller of a cluster would write. */
const says = (job: string, status: object): void => {
  stub.objects.patch(pathOf(job), { status } as never, 'status')
}
/** What a cluster does once it reads that a job is suspended. */
function onceSuspended(job: string, act: () => void): void {
  const patch = stub.objects.patch.bind(stub.objects)
  stub.objects.patch = (path, body, part) => {
    const patched = patch(path, body, part)
    if (path === pathOf(job) && body.spec?.suspend === true) {
      stub.objects.patch = patch
      act()
    }
    return patched
  }
}
const RUNNING = { active: 1, startTime: START }

describe('the Kubernetes executor, against a stub of the API', () => {
  test('submits once, suspended where held, with chips and watts for each pod', async () => {
    const executor = engine()
    await executor.submit(order('Gang / 1', { chips: 16, kw: 8 }), true)
    await executor.submit(order('Gang / 1', { chips: 16, kw: 8 }), true)
    const { spec } = stub.objects.get(pathOf('Gang / 1'))
    expect(spec).toMatchObject({ suspend: true, parallelism: 2, completions: 2, podReplacementPolicy: 'Failed' })
    expect(JSON.stringify(spec)).toContain('"requests":{"huawei.com/Ascend910":"8","dengta.io/watts":"4000"}')
    expect(await executor.jobs()).toMatchObject([{ job: 'Gang / 1', state: 'held', kw: 8 }])
  })

  test('a job of which somebody has spoilt what is written beside it hides no other, and counts what is known', async () => {
    const executor = engine()
    for (const job of ['spoilt', 'whole']) await executor.submit(order(job), false)
    const annotations = {
      ...{ 'dengta.io/used-chip-seconds': 'many', 'dengta.io/started-at': 'x', 'dengta.io/checkpoint-at': 'soon' },
    }
    stub.objects.patch(pathOf('spoilt'), { metadata: { annotations } } as never, 'main')
    const ended = { type: 'Complete', status: 'True', lastTransitionTime: 'later' }
    const conditions = [{ type: 7 }, ended]
    says('spoilt', { startTime: START, completionTime: '2026-07-15T01:00:00Z', active: 'none', conditions })
    says('whole', RUNNING)
    expect(await executor.jobs()).toMatchObject([
      { job: 'spoilt', state: 'done', checkpointAt: undefined },
      { job: 'whole', state: 'running' },
    ])
    expect(await executor.usage(0)).toMatchObject([{ job: 'spoilt', startedAt: Date.parse(START), chipHours: 8 }])
  })

  test('refuses half nodes, unknown places and a name that is taken', async () => {
    const executor = engine()
    await expect(executor.submit(order('a', { chips: 12 }), true)).rejects.toMatchObject({
      code: 'kubernetes.uneven_gang',
    })
    await expect(executor.submit(order('a', { chip: 'x' }), true)).rejects.toMatchObject({
      code: 'kubernetes.no_place',
    })
    stub.objects.create(pathOf('a'), { metadata: { name: objectName('a'), resourceVersion: '' }, spec: {} })
    await expect(executor.submit(order('a'), true)).rejects.toMatchObject({ code: 'kubernetes.name_taken' })
  })

  test('reads states as the API shows them', async () => {
    const executor = engine()
    await executor.submit(order('a'), false)
    const state = async () => (await executor.jobs())[0]!.state
    expect(await state()).toBe('waiting')
    says('a', RUNNING)
    expect((await executor.jobs())[0]).toMatchObject({ state: 'running', startedAt: Date.parse(START) })
    says('a', { active: 0, completionTime: '2026-07-15T00:30:00Z', conditions: [{ type: 'Complete', status: 'True' }] })
    expect(await state()).toBe('done')
    const [usage] = await executor.usage(0)
    expect(usage).toMatchObject({ chipHours: 4, exitCode: 0, joules: { value: 4000 * 1800, method: 'estimate' } })
    await executor.hold('a')
    await executor.requeue(['a'])
    await executor.cancel('a')
    expect(await state()).toBe('done')
  })

  test('waits with a requeue until the pods are gone, and remembers what the run used', async () => {
    const executor = engine()
    await executor.submit(order('a'), false)
    says('a', RUNNING)
    clock.advance(15 * 60_000)
    onceSuspended('a', () => {
      says('a', { active: 0, terminating: 1 })
      setTimeout(() => says('a', { active: 0, terminating: 0, startTime: null }), 50)
    })
    await executor.requeue(['a'])
    expect(await executor.jobs()).toMatchObject([{ state: 'held' }])
    await executor.requeue(['a'])
    await executor.release('a')
    says('a', { active: 1, startTime: '2026-07-15T01:00:00Z' })
    says('a', { active: 0, completionTime: '2026-07-15T01:30:00Z', conditions: [{ type: 'Complete', status: 'True' }] })
    expect((await executor.usage(0))[0]!.chipHours).toBe(8 * 0.75)
  })

  test('shows pods that will not go as still running', async () => {
    const executor = engine()
    await executor.submit(order('a'), false)
    says('a', RUNNING)
    await executor.requeue(['a'])
    expect(await executor.jobs()).toMatchObject([{ state: 'running' }])
  })

  test('decides again where somebody else wrote first', async () => {
    const executor = engine()
    await executor.submit(order('a'), true)
    const patch = stub.objects.patch.bind(stub.objects)
    let others = 2
    stub.objects.patch = (path, body, part) => {
      if (others > 0) {
        others -= 1
        patch(path, { metadata: { annotations: { other: String(others) } } } as never, 'main')
      }
      return patch(path, body, part)
    }
    await executor.release('a')
    expect(await executor.jobs()).toMatchObject([{ state: 'waiting' }])
    expect(others).toBe(0)
    expect(stub.control.requests.filter((line) => line.startsWith('PATCH'))).toHaveLength(3)
  })

  test('guards power by a quota of watts in each namespace', async () => {
    const executor = engine()
    await executor.setPowerLimit('east', 12.3456)
    await executor.setPowerLimit('east', 7)
    const quota = stub.objects.get('/api/v1/namespaces/east/resourcequotas/dengta-power')
    expect(quota.spec).toEqual({ hard: { 'requests.dengta.io/watts': '7000' } })
    expect(await executor.setLevels([{ job: 'a', wattsPerChip: 1, kw: 1 }])).toEqual(['a'])
  })

  test('a job whose power is just the limit fits it, however its kilowatts were added up', async () => {
    const executor = engine()
    await executor.submit(order('a', { kw: 0.1 + 0.2 }), false)
    await executor.setPowerLimit('east', 0.7 + 0.1)
    expect(JSON.stringify(stub.objects.get(pathOf('a')).spec)).toContain('"dengta.io/watts":"300"')
    const quota = stub.objects.get('/api/v1/namespaces/east/resourcequotas/dengta-power')
    expect(quota.spec).toEqual({ hard: { 'requests.dengta.io/watts': '800' } })
  })

  test('a cancelled job is shown until its pods are gone, and what it used is told; a week later it goes', async () => {
    const executor = engine()
    await executor.submit(order('a'), false)
    says('a', { active: 1, startTime: clock.now().toISOString() })
    const startedAt = clock.now().getTime()
    clock.advance(15 * 60_000)
    await executor.cancel('a')
    const gone = clock.now().getTime()
    expect(await executor.jobs()).toMatchObject([{ state: 'running', kw: 4, leavingSince: gone, endedAt: undefined }])
    expect(await executor.usage(0)).toEqual([])
    await executor.release('a')
    says('a', { active: 0, startTime: null })
    await executor.cancel('a')
    await executor.release('a')
    expect(await executor.jobs()).toMatchObject([{ state: 'cancelled', endedAt: clock.now().getTime() }])
    expect(await executor.usage(0)).toMatchObject([{ job: 'a', startedAt, chipHours: 2, exitCode: undefined }])
    clock.advance(8 * 24 * 3_600_000)
    expect(await executor.jobs()).toEqual([])
    expect(() => stub.objects.get(pathOf('a'))).toThrow(/not found/)
  })

  test('a held job that ran before keeps what it used when it is cancelled; one that never ran is deleted', async () => {
    const executor = engine()
    await executor.submit(order('a'), false)
    says('a', { active: 1, startTime: clock.now().toISOString() })
    clock.advance(30 * 60_000)
    onceSuspended('a', () => says('a', { active: 0, startTime: null }))
    await executor.requeue(['a'])
    clock.advance(30 * 60_000)
    await executor.cancel('a')
    expect(await executor.usage(0)).toMatchObject([{ job: 'a', chipHours: 4, endedAt: clock.now().getTime() }])
    await executor.submit(order('b'), true)
    await executor.cancel('b')
    expect((await executor.jobs()).map(({ job }) => job)).toEqual(['a'])
  })

  test('gives up on a job that others change without end', async () => {
    const executor = engine()
    await executor.submit(order('a'), true)
    stub.objects.patch = () => {
      throw new Refusal(409, 'the object has been modified')
    }
    await expect(executor.release('a')).rejects.toMatchObject({ code: 'kubernetes.refused' })
  })

  test('one job whose order somebody has spoilt hides no other', async () => {
    const executor = engine()
    await executor.submit(order('a'), false)
    await executor.submit(order('b'), false)
    for (const spoilt of ['{', '{"kw": "much"}']) {
      stub.objects.patch(pathOf('a'), { metadata: { annotations: { 'dengta.io/order': spoilt } } } as never, 'main')
      expect((await executor.jobs()).map(({ job }) => job)).toEqual(['b'])
    }
  })

  test('leaves jobs alone that are not ours, and deletes what is cancelled', async () => {
    const executor = engine()
    const path = '/apis/batch/v1/namespaces/east/jobs/theirs'
    stub.objects.create(path, { metadata: { name: 'theirs', resourceVersion: '' }, spec: {} })
    await executor.submit(order('a'), false)
    await executor.submit(order('b', { site: 'west' }), false)
    expect((await executor.jobs()).map(({ job, site }) => `${job} ${site}`)).toEqual(['a east', 'b west'])
    await executor.cancel('a')
    await executor.cancel('a')
    expect((await executor.jobs()).map(({ job }) => job)).toEqual(['b'])
    expect(stub.objects.get(path).metadata.name).toBe('theirs')
  })
})
