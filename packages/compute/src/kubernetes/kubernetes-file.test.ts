import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fixedClock } from '@dengta/kernel'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openKubernetesFile } from './kubernetes-file.ts'
import { type StubServer, stubApiServer } from './stub-api-server.fixture.ts'

const clock = fixedClock('2026-07-15T00:00:00Z')
const folder = mkdtempSync(join(tmpdir(), 'dengta-kubernetes-'))
const file = join(folder, 'kubernetes.yaml')
const open = (text: string, env = {}) => {
  writeFileSync(file, text)
  return openKubernetesFile(file, { clock, env })
}
let stub: StubServer
beforeAll(async () => {
  stub = await stubApiServer()
})
afterAll(async () => {
  await stub.close()
  rmSync(folder, { recursive: true })
})

const PLACE = '  - { site: east, chip: npu, namespace: east, resource: huawei.com/Ascend910 }\n'

const kubeconfig = (token: string): string => kubeconfigWith(token, { server: stub.url }, { token })

function kubeconfigWith(fileName: string, cluster: object, user: object): string {
  const path = join(folder, `${fileName}.yaml`)
  const named = { name: 'lab' }
  const config = {
    ...{ 'current-context': 'lab', contexts: [{ ...named, context: { cluster: 'lab', user: 'lab' } }] },
    ...{ clusters: [{ ...named, cluster }], users: [{ ...named, user }] },
  }
  writeFileSync(path, JSON.stringify(config))
  return path
}

test('a file names the cluster, the image and a namespace for each site; orders go there', async () => {
  const { executor, sites } = await open(`kubeconfig: ${kubeconfig('good')}\nimage: trainer:1\nplaces:\n${PLACE}`)
  expect(sites).toEqual(['east'])
  const order = {
    job: 'a',
    participant: 'p',
    site: 'east',
    chip: 'npu',
    chips: 8,
    wattsPerChip: 400,
    kw: 4,
    minutes: 60,
  }
  await executor.submit({ ...order, mayPause: true, command: ['sleep', '30'] }, false)
  expect(await executor.jobs()).toMatchObject([{ job: 'a', site: 'east', state: 'waiting' }])
})

test('a file that switches the admission check on lets in what others submit as far as the plan has power for them', async () => {
  const KUEUE = '/apis/kueue.x-k8s.io/v1beta1'
  const flavor = '{ flavor: east-npu, resource: huawei.com/Ascend910, site: east, chip: npu }'
  const admission = `admission:\n  check: power\n  flavors: [${flavor}]\n`
  stub.objects.create(`${KUEUE}/admissionchecks/power`, {
    metadata: { name: 'power', resourceVersion: '' },
    spec: { controllerName: 'dengta.io/power' },
  })
  const add = (name: string, chips: string) =>
    stub.objects.create(`${KUEUE}/namespaces/team/workloads/${name}`, {
      metadata: { name, namespace: 'team', resourceVersion: '', creationTimestamp: `2026-07-14T00:00:0${name}Z` },
      status: {
        admissionChecks: [{ name: 'power', state: 'Pending' }],
        conditions: [{ type: 'QuotaReserved', status: 'True' }],
        admission: {
          podSetAssignments: [
            { flavors: { 'huawei.com/Ascend910': 'east-npu' }, resourceUsage: { 'huawei.com/Ascend910': chips } },
          ],
        },
      },
    })
  const stateOf = (name: string) =>
    (stub.objects.get(`${KUEUE}/namespaces/team/workloads/${name}`).status as { admissionChecks: { state: string }[] })
      .admissionChecks[0]!.state
  const { executor, admit } = await open(
    `kubeconfig: ${kubeconfig('good')}\nimage: trainer:1\nplaces:\n${PLACE}${admission}`,
  )
  const power = (kw: number) => ({ leastKw: () => kw, chipKw: () => 0.5 })
  add('1', '8')
  add('2', '8')
  await expect
    .poll(async () => {
      await admit!(power(6))
      return [stateOf('1'), stateOf('2')]
    })
    .toEqual(['Ready', 'Retry'])
  await expect
    .poll(async () => {
      await admit!(power(3))
      return stateOf('1')
    })
    .toBe('Retry')
  await executor.close()
})

test.each([
  ['no places', 'image: trainer:1\nplaces: []\n', 'engine_file.field'],
  ['no YAML', 'image: [', 'engine_file.not_yaml'],
  ['no kubeconfig outside a pod', `image: trainer:1\nplaces:\n${PLACE}`, 'engine_file.outside'],
])('%s is refused by name', async (_, text, code) => {
  await expect(open(text)).rejects.toMatchObject({ code })
})

test('no file, and a token that the API does not take, are said at once', async () => {
  await expect(openKubernetesFile(undefined, { clock, env: {} })).rejects.toMatchObject({ code: 'engine_file.not_set' })
  const text = `kubeconfig: ${kubeconfig('stale')}\nimage: trainer:1\nplaces:\n${PLACE}`
  await expect(open(text)).rejects.toMatchObject({ code: 'kubernetes.not_allowed' })
})

test.each([
  ['a token file that is not there', { tokenFile: 'none.txt' }, /none\.txt cannot be read \(ENOENT\)/],
  [
    'a certificate that is none',
    { 'client-certificate-data': 'bm9uZQ==', 'client-key-data': 'bm9uZQ==' },
    /127\.0\.0\.1:1 does not answer: .*PEM.*; check address, network and certificate/,
  ],
])('%s is named', async (_, user, said) => {
  const config = kubeconfigWith('odd', { server: 'https://127.0.0.1:1' }, user)
  const opened = open(`kubeconfig: ${config}\nimage: trainer:1\nplaces:\n${PLACE}`)
  await expect(opened).rejects.toMatchObject({ text: { en: expect.stringMatching(said) } })
})

test('something else than the API of a cluster at the address, e.g. a page to log in, is named', async () => {
  const page = createServer((_, response) => response.end('<html>log in</html>')).listen(0, '127.0.0.1')
  await once(page, 'listening')
  const server = `http://127.0.0.1:${(page.address() as AddressInfo).port}`
  const config = kubeconfigWith('page', { server }, { token: 'a' })
  await expect(open(`kubeconfig: ${config}\nimage: trainer:1\nplaces:\n${PLACE}`)).rejects.toMatchObject({
    code: 'kubernetes.refused',
    text: {
      en: expect.stringMatching(/200 it answered no list: <html>log in/),
      zh: expect.stringMatching(/未返回列表/),
    },
  })
  page.close()
})
