import { fixedClock } from '@dengta/kernel'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Verdict, Workload } from './admission.ts'
import { type AdmissionController, startAdmissionController } from './admission-controller.ts'
import { kubernetesClient } from './kubernetes-client.ts'
import { Refusal } from './stub-api-objects.fixture.ts'
import { type StubServer, stubApiServer } from './stub-api-server.fixture.ts'

const KUEUE = '/apis/kueue.x-k8s.io/v1beta1'
const pathOf = (name: string): string => `${KUEUE}/namespaces/team/workloads/${name}`
const PENDING = [
  { name: 'other', state: 'Ready', lastTransitionTime: '2026-01-01T00:00:00Z', message: '' },
  { name: 'power', state: 'Pending', lastTransitionTime: '2026-01-01T00:00:00Z', message: '' },
]

let stub: StubServer
let controller: AdmissionController
const verdicts = new Map<string, Verdict>()
/** What was decided on, each time. */
let seen: string[][]

beforeEach(async () => {
  stub = await stubApiServer()
  seen = []
  verdicts.clear()
  stub.objects.create(`${KUEUE}/admissionchecks/power`, {
    metadata: { name: 'power', resourceVersion: '' },
    spec: { controllerName: 'dengta.io/power' },
  })
})
afterEach(async () => {
  await controller.stop()
  await stub.close()
})

function add(name: string, verdict: Verdict, changes: object = {}): void {
  verdicts.set(name, verdict)
  const metadata = { name, namespace: 'team', resourceVersion: '' }
  stub.objects.create(pathOf(name), {
    metadata,
    spec: { active: true },
    status: { admissionChecks: PENDING },
    ...changes,
  })
}

function decide(workloads: readonly Workload[]): ReadonlyMap<Workload, Verdict> {
  seen.push(workloads.map(({ metadata, status }) => `${metadata.name} ${status.admissionChecks[1]?.state}`))
  return new Map(workloads.map((workload) => [workload, verdicts.get(workload.metadata.name)!]))
}

function start(): void {
  const token = { bytes: Buffer.from('good') }
  const plan = { server: stub.url, token, ca: undefined, certificate: undefined, key: undefined }
  controller = startAdmissionController({
    ...{ client: kubernetesClient(plan), version: 'v1beta1', checkName: 'power', decide, pauseMs: 20 },
    clock: fixedClock('2026-07-15T08:00:00.123Z'),
  })
}

const checks = (name: string) => stub.objects.get(pathOf(name)).status!.admissionChecks as Record<string, string>[]
const answers = (name: string, state: string) =>
  expect.poll(() => checks(name)[1]!.state, { timeout: 3000 }).toBe(state)
const fault = () => controller.reconsider().catch((error: unknown) => error)

describe('the admission-check controller, against a stub of the API', () => {
  test('says that it is there, and answers every workload of the list and of the watch', async () => {
    add('now', { answer: 'run' })
    add('later', { answer: 'wait', message: 'no room at east' })
    start()
    await answers('now', 'Ready')
    await answers('later', 'Retry')
    add('next', { answer: 'run' })
    await answers('next', 'Ready')
    expect(stub.objects.get(pathOf('later')).status).toMatchObject({
      admissionChecks: [
        PENDING[0],
        { name: 'power', state: 'Retry', lastTransitionTime: '2026-07-15T08:00:00Z', message: 'no room at east' },
      ],
      requeueState: { requeueAt: '2026-07-15T08:01:00Z' },
    })
    expect(stub.objects.get(`${KUEUE}/admissionchecks/power`).status).toMatchObject({
      conditions: [{ type: 'Active', status: 'True' }],
    })
    expect(await fault()).toBeUndefined()
  })

  test('leaves alone what has no check of ours, and what it has not decided on', async () => {
    add('foreign', { answer: 'run' }, { status: { admissionChecks: PENDING.slice(0, 1) } })
    add(
      'rejected',
      { answer: 'run' },
      { status: { admissionChecks: [PENDING[0], { ...PENDING[1], state: 'Rejected' }] } },
    )
    const before = ['foreign', 'rejected'].map((name) => stub.objects.get(pathOf(name)))
    start()
    add('last', { answer: 'run' })
    await answers('last', 'Ready')
    expect(['foreign', 'rejected'].map((name) => stub.objects.get(pathOf(name)))).toEqual(before)
    expect(seen.flat()).not.toContainEqual(expect.stringContaining('foreign'))
  })

  test('what runs is sent away for a cut, and asked about again', async () => {
    add('a', { answer: 'run' })
    start()
    await answers('a', 'Ready')
    verdicts.set('a', { answer: 'wait', message: 'the grid asks' })
    await controller.reconsider()
    expect(checks('a')[1]).toMatchObject({ state: 'Retry', message: 'the grid asks' })
    verdicts.set('a', { answer: 'run' })
    stub.objects.patch(pathOf('a'), { status: { admissionChecks: PENDING } } as never, 'status')
    await answers('a', 'Ready')
  })

  test('decides anew where Kueue wrote first', async () => {
    const patch = stub.objects.patch.bind(stub.objects)
    let raced = false
    stub.objects.patch = (path, body, part) => {
      if (!raced && path === pathOf('a')) {
        raced = true
        patch(path, { status: { admissionChecks: PENDING, note: 'Kueue' } } as never, 'status')
      }
      return patch(path, body, part)
    }
    add('a', { answer: 'run' })
    start()
    await answers('a', 'Ready')
    expect(stub.objects.get(pathOf('a')).status).toMatchObject({ note: 'Kueue' })
    expect(await fault()).toBeUndefined()
  })

  test('one that was let in is never again decided on as one that waits', async () => {
    for (const name of ['a', 'b', 'c', 'd']) add(name, { answer: 'run' })
    start()
    for (const name of ['a', 'b', 'c', 'd']) await answers(name, 'Ready')
    await Promise.all(Array.from({ length: 5 }, () => controller.reconsider()))
    await expect.poll(() => seen.length).toBeGreaterThan(8)
    const first = seen.findIndex((round) => round.includes('a Ready'))
    expect(seen.slice(first).flat()).not.toContain('a Pending')
  })

  test('a workload that the API refuses keeps none behind it waiting, and is told of', async () => {
    const patch = stub.objects.patch.bind(stub.objects)
    stub.objects.patch = (path, body, part) => {
      if (path === pathOf('refused')) throw new Refusal(422, 'a webhook says no')
      return patch(path, body, part)
    }
    add('refused', { answer: 'run' })
    add('next', { answer: 'run' })
    start()
    await answers('next', 'Ready')
    expect(await fault()).toMatchObject({ code: 'kubernetes.refused' })
    verdicts.set('next', { answer: 'wait', message: 'the grid asks' })
    await fault()
    expect(checks('next')[1]!.state).toBe('Retry')
  })

  test('an object of another form hides no workload', async () => {
    add('odd', { answer: 'run' }, { metadata: { name: 'odd', resourceVersion: '' } })
    add(
      'bare',
      { answer: 'run' },
      { spec: { priority: 'high' }, status: { admissionChecks: PENDING, conditions: null } },
    )
    start()
    await answers('bare', 'Ready')
    expect(await fault()).toBeUndefined()
  })

  test("keeps its hands off a check that is another controller's, and says so", async () => {
    stub.objects.patch(`${KUEUE}/admissionchecks/power`, { spec: { controllerName: 'other' } }, 'main')
    add('a', { answer: 'run' })
    start()
    await expect.poll(fault).toMatchObject({ code: 'kubernetes.not_our_check' })
    expect(checks('a')).toEqual(PENDING)
  })

  test('goes on after its token was refused and after the watch is gone', async () => {
    stub.control.token = 'other'
    start()
    await expect.poll(fault).toMatchObject({ code: 'kubernetes.not_allowed' })
    stub.control.token = 'good'
    add('a', { answer: 'run' })
    await answers('a', 'Ready')
    expect(await fault()).toBeUndefined()
    stub.objects.compact()
    stub.control.endWatches()
    add('b', { answer: 'run' })
    await answers('b', 'Ready')
  })
})
