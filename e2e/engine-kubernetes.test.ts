import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type StubServer, stubApiServer } from '../packages/compute/src/kubernetes/stub-api-server.fixture.ts'
import { announceNext, openMinuteDay } from './support/minute-day.ts'
import { type ServedHouse, serveHouse } from './support/served-house.ts'

const PLACE = { site: 'north', chip: 'a910b' }
const RESOURCE = 'huawei.com/Ascend910'
const KUEUE = '/apis/kueue.x-k8s.io/v1beta1'
const pathOf = (name: string): string => `${KUEUE}/namespaces/team/workloads/${name}`

describe('a stub of the Kubernetes API, which is no Kubernetes, behind a real server', () => {
  let home = ''
  let stub: StubServer
  let house: ServedHouse
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'dengta-engine-'))
    stub = await stubApiServer()
    stub.objects.create(`${KUEUE}/admissionchecks/power`, {
      metadata: { name: 'power', resourceVersion: '' },
      spec: { controllerName: 'dengta.io/power' },
    })
    const env = { DENGTA_ENGINE: 'kubernetes', DENGTA_ENGINE_FILE: await engineFile(home, stub.url) }
    house = await serveHouse({ home, flags: ['--no-programme'], env })
  })
  afterAll(async () => {
    await house?.kill('SIGKILL')
    await stub?.close()
    await rm(home, { recursive: true, force: true })
  })

  /** As Kueue writes it once it has reserved quota for two chips, or asks again. */
  const ask = (name: string, createdAt: string): void => {
    stub.objects.create(pathOf(name), {
      metadata: { name, namespace: 'team', resourceVersion: '', creationTimestamp: createdAt },
      status: {
        admissionChecks: [{ name: 'power', state: 'Pending' }],
        conditions: [{ type: 'QuotaReserved', status: 'True' }],
        admission: { podSetAssignments: [{ flavors: { [RESOURCE]: 'north' }, resourceUsage: { [RESOURCE]: '2' } }] },
      },
    })
  }
  const checkOf = (name: string) => (stub.objects.get(pathOf(name)).status!.admissionChecks as { state: string }[])[0]!

  /** What Kueue does a while after a `Retry`. */
  const askAgain = (name: string) => {
    const admissionChecks = [{ name: 'power', state: 'Pending' }]
    if (checkOf(name).state === 'Retry')
      stub.objects.patch(pathOf(name), { status: { admissionChecks } } as never, 'status')
  }

  test('what others submit to Kueue runs inside what the plan gives to others, and leaves under an event', async () => {
    ask('early', '2026-07-15T00:00:01Z')
    await openMinuteDay(house.clientOf, PLACE)
    const early = () => {
      askAgain('early')
      return checkOf('early').state
    }
    await expect.poll(early, { timeout: 30_000, interval: 1000 }).toBe('Ready')
    ask('late', '2026-07-15T00:00:02Z')
    await expect
      .poll(() => checkOf('late'))
      .toMatchObject({ state: 'Retry', message: expect.stringContaining('north') })
    expect(stub.objects.get(`${KUEUE}/admissionchecks/power`).status).toMatchObject({
      conditions: [{ type: 'Active' }],
    })
    const event = await announceNext(house.clientOf(), { minutes: 1, depth: 0.4 })
    await expect.poll(() => checkOf('early').state, { timeout: 120_000, interval: 200 }).toBe('Retry')
    const late = Date.now() - Date.parse(event.from)
    expect(late).toBeGreaterThanOrEqual(0)
    expect(late).toBeLessThan(5000)
    expect(await house.clientOf().getComputeEngine()).toMatchObject({ engine: 'kubernetes', healthy: true })
  })
})

async function engineFile(folder: string, server: string): Promise<string> {
  const kubeconfig = join(folder, 'kubeconfig.json')
  const named = { name: 'stub' }
  const config = {
    ...{ 'current-context': 'stub', contexts: [{ ...named, context: { cluster: 'stub', user: 'stub' } }] },
    ...{ clusters: [{ ...named, cluster: { server } }], users: [{ ...named, user: { token: 'good' } }] },
  }
  await writeFile(kubeconfig, JSON.stringify(config))
  const file = join(folder, 'kubernetes.json')
  const flavors = [{ flavor: 'north', resource: RESOURCE, ...PLACE }]
  const places = [{ ...PLACE, namespace: 'north', resource: RESOURCE }]
  await writeFile(file, JSON.stringify({ kubeconfig, image: 'base:1', places, admission: { check: 'power', flavors } }))
  return file
}
