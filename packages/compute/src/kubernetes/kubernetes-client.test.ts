import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { type ConnectionPlan, inCluster, readKubeConfig } from './kube-config.ts'
import { kubernetesClient } from './kubernetes-client.ts'
import { follow, listAll, type WatchEvent } from './list-watch.ts'
import { type StubServer, stubApiServer } from './stub-api-server.fixture.ts'

const folder = mkdtempSync(join(tmpdir(), 'dengta-kube-'))
const tokenFile = join(folder, 'token')
afterAll(() => rmSync(folder, { recursive: true }))

let stub: StubServer
afterEach(() => stub?.close())
const JOBS = '/apis/batch/v1/namespaces/n/jobs'
const planFor = (changes: Partial<ConnectionPlan> = {}): ConnectionPlan => ({
  ...{ server: stub?.url ?? '', ca: undefined, token: { file: tokenFile }, certificate: undefined, key: undefined },
  ...changes,
})
const add = (name: string): unknown =>
  stub.objects.create(`${JOBS}/${name}`, { metadata: { name, resourceVersion: '' } })

describe('the client, against a stub of the API', () => {
  test('reads a renewed token after 401, and says so when that does not help', async () => {
    stub = await stubApiServer()
    writeFileSync(tokenFile, 'old\n')
    const client = kubernetesClient(planFor())
    await expect(client.call('GET', JOBS)).rejects.toMatchObject({ code: 'kubernetes.not_allowed', kind: 'forbidden' })
    expect(stub.control.requests).toHaveLength(2)
    writeFileSync(tokenFile, 'good\n')
    expect(await client.call('GET', JOBS)).toMatchObject({ status: 200 })
  })

  test('comes back when the server is busy, gives up when it stays so', async () => {
    stub = await stubApiServer()
    const client = kubernetesClient(planFor(), { tries: 3 })
    stub.control.busy = 2
    expect((await client.call('GET', JOBS)).status).toBe(200)
    stub.control.busy = 3
    await expect(client.call('GET', JOBS)).rejects.toMatchObject({
      code: 'kubernetes.refused',
      details: { status: 429 },
    })
  })

  test('an answer that breaks off is told as none', async () => {
    const server = createServer((_, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{')
      setTimeout(() => response.destroy(), 20)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const client = kubernetesClient({ ...planFor(), server: `http://127.0.0.1:${port}`, token: undefined })
    await expect(client.call('GET', JOBS)).rejects.toMatchObject({ code: 'kubernetes.unreachable' })
    server.close()
  })

  test('lists page by page and begins again when the pages have expired', async () => {
    stub = await stubApiServer()
    const names = ['a', 'b', 'c', 'd', 'e']
    for (const name of names) add(name)
    const client = kubernetesClient(planFor())
    const gone = { ...client, call: client.call }
    let pages = 0
    gone.call = (...values) => {
      pages += 1
      if (pages === 2) stub.objects.compact()
      return client.call(...values)
    }
    const { items } = await listAll(gone, JOBS, { pageSize: 2 })
    expect(items.map((item) => (item as { metadata: { name: string } }).metadata.name)).toEqual(names)
    expect(pages).toBe(5)
  })

  test('a collection that is gone from its first page on is told, not asked for without end', async () => {
    stub = await stubApiServer()
    stub.objects.oldest = stub.objects.version + 1
    const listed = listAll(kubernetesClient(planFor()), JOBS)
    await expect(listed).rejects.toMatchObject({ code: 'kubernetes.refused', details: { status: 410 } })
  })

  test('follows a collection over the end of a watch, and lists anew after 410 Gone', async () => {
    stub = await stubApiServer()
    add('a')
    const stopping = new AbortController()
    const events = follow(kubernetesClient(planFor()), JOBS, { signal: stopping.signal })
    const next = async (): Promise<WatchEvent> => (await events.next()).value
    expect(await next()).toMatchObject({ type: 'list', items: [{ metadata: { name: 'a' } }] })
    setTimeout(() => add('b'), 20)
    expect(await next()).toMatchObject({ type: 'changed', object: { metadata: { name: 'b' } } })
    setTimeout(() => {
      stub.control.endWatches()
      add('c')
    }, 20)
    expect(await next()).toMatchObject({ type: 'changed', object: { metadata: { name: 'c' } } })
    setTimeout(() => {
      stub.objects.remove(`${JOBS}/a`)
      stub.objects.compact()
      stub.control.endWatches()
    }, 20)
    expect(await next()).toMatchObject({ type: 'deleted', object: { metadata: { name: 'a' } } })
    expect(await next()).toMatchObject({ type: 'list', items: [{}, {}] })
    stopping.abort()
    expect(await events.next()).toMatchObject({ done: true })
  })

  test('trusts the authority it was given and no other', async () => {
    const [key, cert] = ['key.pem', 'cert.pem'].map((name) => join(folder, name)) as [string, string]
    const subject = ['-subj', '/CN=stub', '-addext', 'subjectAltName=IP:127.0.0.1']
    const self = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
    execFileSync('openssl', [...self, ...subject, '-keyout', key, '-out', cert], { stdio: 'ignore' })
    stub = await stubApiServer({ key: readFileSync(key), cert: readFileSync(cert) })
    await expect(kubernetesClient(planFor()).call('GET', JOBS)).rejects.toMatchObject({
      code: 'kubernetes.unreachable',
    })
    expect((await kubernetesClient(planFor({ ca: { file: cert } })).call('GET', JOBS)).status).toBe(200)
  })
})

describe('where the cluster is', () => {
  const config = (user: string): string => `
current-context: lab
contexts: [{name: lab, context: {cluster: c, user: u}}]
clusters: [{name: c, cluster: {server: "https://10.0.0.1:6443/", certificate-authority-data: ${btoa('CA')}}}]
users: [{name: u, user: ${user}}]
`
  test('a kubeconfig with a token', () => {
    expect(readKubeConfig(config('{token: secret}'))).toEqual({
      server: 'https://10.0.0.1:6443',
      ca: { bytes: Buffer.from('CA') },
      token: { bytes: Buffer.from('secret') },
      certificate: undefined,
      key: undefined,
    })
  })

  test('a kubeconfig that would run a program, lacks an entry, or is none', () => {
    expect(() => readKubeConfig(config('{exec: {command: get-token}}'))).toThrow(/credential plugins are not run/)
    expect(() => readKubeConfig(config('{token: x}'), 'prod')).toThrow(/no context named "prod"/)
    expect(readKubeConfig(config('{tokenFile: pki/token}'), undefined, '/etc/kube').token).toEqual({
      file: '/etc/kube/pki/token',
    })
    expect(() => readKubeConfig('current-context: 7')).toThrow(/line 1, field current-context/)
  })

  test('inside a pod', () => {
    expect(inCluster('fd00::1', '443').server).toBe('https://[fd00::1]:443')
    expect(inCluster('10.0.0.1', '443', '/sa').token).toEqual({ file: '/sa/token' })
  })
})
