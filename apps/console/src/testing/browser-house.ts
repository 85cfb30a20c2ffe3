import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { goldenAnswer } from './golden-house.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
}

/** The policy under which the console has to work: nothing from elsewhere, no inline script. */
const POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; object-src 'none'"

export interface BrowserHouse {
  readonly address: string
  close(): void
}

/** Serves a built console with the golden house behind it, as the real server does: files, else the first page. */
export async function serveGoldenHouse(folder: string): Promise<BrowserHouse> {
  const server: Server = createServer((request, response) => {
    const url = request.url ?? '/'
    const { status, type, body } = url.startsWith('/api/') ? answerApi(url) : answerFile(folder, url)
    response.writeHead(status, { 'content-type': type, 'content-security-policy': POLICY }).end(body)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo
  return { address: `http://127.0.0.1:${port}`, close: () => server.close() }
}

function answerApi(url: string) {
  return { ...goldenAnswer(url), type: 'application/json' }
}

function answerFile(folder: string, url: string) {
  const path = new URL(url, 'http://golden.house').pathname
  const name = extname(path) === '' ? '/index.html' : path
  return {
    status: 200,
    type: TYPES[extname(name)] ?? 'application/octet-stream',
    body: readFileSync(join(folder, name)),
  }
}
