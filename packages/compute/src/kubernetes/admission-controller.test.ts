import { fixedClock } from '@dengta/kernel'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { STOPPED, type Verdict } from './admission.ts'
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
let errors: unknown[]
const verdicts = new Map<string, Verdict>()

beforeEach(async () => {
  stub = await stubApiServer()
  errors = []
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

/** A workload as Kueue writes it once quota is reserved. */
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

function start(): void {
  const plan = {
    server: stub.url,
    token: { bytes: Buffer.from('good') },
    ca: undefined,
    certificate: undefined,
    key: undefined,
  }
  controller = startAdmissionController({
    client: kubernetesClient(plan),
    checkName: 'power',
    decide: ({ metadata }) => verdicts.get(metadata.name)!,
    clock: fixedClock('2026-07-15T08:00:00.123Z'),
    onError: (error) => errors.push(error),
    pauseMs: 20,
  })
}

const checks = (name: string) => stub.objects.get(pathOf(name)).status!.admissionChecks as Record<string, string>[]
const answers = (name: string, state: string) =>
  expect.poll(() => checks(name)[1]!.state, { timeout: 3000 }).toBe(state)

describe('the admission-check controller, against a stub of the API', () => {
  test('says that it is there, and answers every workload of the list and of the watch', async () => {
    add('now', { answer: 'run' })
    add('later', { answer: 'wait', message: 'planned for 14:00' })
    start()
    await answers('now', 'Ready')
    await answers('later', 'Retry')
    add('never', { answer: 'never', message: 'no site may run it' })
    await answers('never', 'Rejected')
    expect(checks('later')).toEqual([
      PENDING[0],
      { name: 'power', state: 'Retry', lastTransitionTime: '2026-07-15T08:00:00Z', message: 'planned for 14:00' },
    ])
    expect(stub.objects.get(`${KUEUE}/admissionchecks/power`).status).toMatchObject({
      conditions: [{ type: 'Active', status: 'True' }],
    })
    expect(errors).toEqual([])
  })

  test('leaves alone what has no check of ours, what is finished and what its owner switched off', async () => {
    add('foreign', { answer: 'run' }, { status: { admissionChecks: PENDING.slice(0, 1) } })
    const conditions = [{ type: 'Finished', status: 'True' }]
    add('finished', { answer: 'run' }, { status: { admissionChecks: PENDING, conditions } })
    add('off', { answer: 'run' }, { spec: { active: false } })
    const before = ['foreign', 'finished', 'off'].map((name) => stub.objects.get(pathOf(name)))
    start()
    add('last', { answer: 'run' })
    await answers('last', 'Ready')
    expect(['foreign', 'finished', 'off'].map((name) => stub.objects.get(pathOf(name)))).toEqual(before)
  })

  test('switches a running workload off for a cut and on again after it', async () => {
    add('a', { answer: 'run' })
    start()
    await answers('a', 'Ready')
    verdicts.set('a', { answer: 'stop', message: 'the grid asks' })
    await controller.reconsider()
    expect(stub.objects.get(pathOf('a'))).toMatchObject({
      spec: { active: false },
      metadata: { annotations: { [STOPPED]: 'the grid asks' } },
    })
    verdicts.set('a', { answer: 'run' })
    await expect
      .poll(async () => {
        await controller.reconsider()
        return stub.objects.get(pathOf('a'))
      })
      .toMatchObject({ spec: { active: true }, metadata: { annotations: {} } })
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
    expect(errors).toEqual([])
  })

  test('a workload that the API refuses keeps none behind it waiting', async () => {
    const patch = stub.objects.patch.bind(stub.objects)
    stub.objects.patch = (path, body, part) => {
      if (path === pathOf('refused')) throw new Refusal(422, 'a webhook says no')
      return patch(path, body, part)
    }
    add('refused', { answer: 'run' })
    add('next', { answer: 'run' })
    start()
    await answers('next', 'Ready')
    await expect.poll(() => errors.length).toBeGreaterThan(0)
    expect(errors[0]).toMatchObject({ code: 'kubernetes.refused' })
    verdicts.set('next', { answer: 'stop', message: 'the grid asks' })
    await controller.reconsider().catch(() => {})
    expect(stub.objects.get(pathOf('next'))).toMatchObject({ spec: { active: false } })
  })

  test("keeps its hands off a check that is another controller's", async () => {
    stub.objects.patch(`${KUEUE}/admissionchecks/power`, { spec: { controllerName: 'other' } }, 'main')
    add('a', { answer: 'run' })
    start()
    await expect.poll(() => errors.length).toBeGreaterThan(0)
    expect(errors[0]).toMatchObject({ code: 'kubernetes.not_our_check' })
    expect(checks('a')).toEqual(PENDING)
  })

  test('goes on after its token was refused and after the watch is gone', async () => {
    stub.control.token = 'other'
    start()
    await expect.poll(() => errors.length).toBeGreaterThan(0)
    expect(errors[0]).toMatchObject({ code: 'kubernetes.not_allowed' })
    stub.control.token = 'good'
    add('a', { answer: 'run' })
    await answers('a', 'Ready')
    stub.objects.compact()
    stub.control.endWatches()
    add('b', { answer: 'run' })
    await answers('b', 'Ready')
  })
})
