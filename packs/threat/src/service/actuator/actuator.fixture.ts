import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { ConsentView, RunDetail } from '@dengta/sdk'
import { house as playbooks } from '../../respond/engine.fixture.ts'
import { ANN, OPERATOR, type ThreatHouse } from '../threat-house.fixture.ts'

export const SECRET = 'correct-horse-battery'

export interface Seen {
  readonly method: string
  readonly path: string
  readonly authorization: string
  readonly body: string
}

export interface RealServer {
  readonly url: string
  readonly seen: Seen[]
  readonly close: () => void
}

/** An HTTP server on loopback that writes down what it is asked. */
export async function realServer(answer: (seen: Seen) => object): Promise<RealServer> {
  const seen: Seen[] = []
  const server: Server = createServer((request, response) => {
    let body = ''
    request.on('data', (part) => {
      body += part
    })
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request
      const each = { method, path, authorization: headers.authorization ?? '', body }
      seen.push(each)
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(answer(each)))
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, seen, close: () => server.close() }
}

export function writeSecret({ store }: ThreatHouse, name: string, text: string): void {
  mkdirSync(join(store.home, 'secrets'), { recursive: true })
  writeFileSync(join(store.home, 'secrets', name), text, { mode: 0o600 })
}

export const playbookId = (name: string): string => playbooks.get(name)?.id ?? ''

export function startRun(house: ThreatHouse, name: string, inputs: Record<string, string>): Promise<RunDetail> {
  return house.call(ANN, 'POST /runs', { body: { playbook: playbookId(name), inputs, reason: 'incident 7' } })
}

/** Consent of the lead to what the run would send. */
export async function approve(house: ThreatHouse, { id, work }: RunDetail): Promise<RunDetail> {
  const given = { params: { id }, body: { digest: work?.digest ?? '' } }
  return (await house.call<ConsentView>(OPERATOR, 'POST /runs/:id/approve', given)).run
}

export function undo(house: ThreatHouse, { id }: RunDetail): Promise<RunDetail> {
  return house.call(OPERATOR, 'POST /runs/:id/undo', { params: { id } })
}
