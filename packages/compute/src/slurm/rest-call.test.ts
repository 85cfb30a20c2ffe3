import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createSecureServer, globalAgent } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test } from 'vitest'
import { sendRest } from './rest-call.ts'

const folder = mkdtempSync(join(tmpdir(), 'dengta-rest-'))
let server: Server | undefined
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
  globalAgent.options.ca = undefined
})
afterAll(() => rmSync(folder, { recursive: true }))

const where: RequestListener = ({ url, headers }, response) =>
  response.end(JSON.stringify({ url, user: headers['x-slurm-user-name'] }))

async function listening(made: Server): Promise<string> {
  server = made
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve))
  return `127.0.0.1:${(made.address() as AddressInfo).port}`
}

const ask = (url: string): Promise<unknown> => {
  const who = { jobUser: 'nobody', operator: 'root', outputFolder: '/', prefix: [], environment: {} }
  return sendRest(
    { ...who, rest: { address: { url }, key: Buffer.from('secret') } },
    { user: 'root', words: ['GET', '/slurm/v0.0.38/jobs?update_time=1'], now: 1 },
  )
}

test.each(['', '/', '/behind/a/proxy', '/behind/a/proxy/'])(
  'an address that ends in %j keeps its path',
  async (path) => {
    const host = await listening(createServer(where))
    const before = path.replace(/\/$/, '')
    expect(await ask(`http://${host}${path}`)).toEqual({
      url: `${before}/slurm/v0.0.38/jobs?update_time=1`,
      user: 'root',
    })
  },
)

test('the service is asked by https, and only where its certificate is known', async () => {
  const [key, cert] = ['key.pem', 'cert.pem'].map((name) => join(folder, name)) as [string, string]
  const self = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '1']
  const subject = ['-subj', '/CN=slurm', '-addext', 'subjectAltName=IP:127.0.0.1']
  execFileSync('openssl', [...self, ...subject, '-keyout', key, '-out', cert], { stdio: 'ignore' })
  const host = await listening(createSecureServer({ key: readFileSync(key), cert: readFileSync(cert) }, where))
  await expect(ask(`https://${host}`)).rejects.toMatchObject({
    ...{ code: 'slurm.rest_silent', text: { en: expect.stringContaining('self-signed certificate') } },
  })
  globalAgent.options.ca = readFileSync(cert)
  expect(await ask(`https://${host}`)).toMatchObject({ user: 'root' })
})

test('an answer that is longer than a house could hold is given up on while it comes', async () => {
  const piece = Buffer.alloc(1024 * 1024, ' ')
  let sent = 0
  const host = await listening(
    createServer((_, response) => {
      const more = (): void => {
        sent += 1
        response.write(piece, () => !response.destroyed && sent < 2000 && more())
      }
      more()
    }),
  )
  await expect(ask(`http://${host}`)).rejects.toMatchObject({
    ...{ code: 'slurm.rest_silent', text: { en: expect.stringContaining('longer than 64 MiB') } },
  })
  expect(sent).toBeLessThan(200)
})

test.each([
  [
    'no JSON',
    ((_, response) => response.writeHead(502).end('bad gateway')) as RequestListener,
    'status 502: bad gateway',
  ],
  [
    'half of an answer',
    ((_, response) => response.write('{"jobs":', () => response.destroy())) as RequestListener,
    'aborted',
  ],
])('%s is told as such', async (_, answer, said) => {
  const host = await listening(createServer(answer))
  await expect(ask(`http://${host}`)).rejects.toMatchObject({
    ...{ code: 'slurm.rest_silent', text: { en: expect.stringContaining(said) } },
  })
})
