import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { CorrelatedDetection } from '../correlate/detect-correlated.ts'
import { loadMappings } from '../normalise/mapping-files.ts'
import { DnsDetection } from './dns-detection.ts'
import { encoded, labels, payload } from './tunnel.fixture.ts'

const START = Date.parse('2026-03-02T06:00:00Z') / 1000
const folder = mkdtempSync(join(tmpdir(), 'dengta-dns-'))
afterAll(() => rmSync(folder, { recursive: true }))

const query = (name: string, ts: number | undefined) => {
  const ends = { 'id.orig_h': '10.1.1.9', 'id.resp_p': 53 }
  return JSON.stringify({ _path: 'dns', ...(ts !== undefined && { ts }), ...ends, query: name, qtype_name: 'TXT' })
}
const tunnelled = (at: number) => `${labels(encoded(payload(`h${at}`, 10), 'base32'))}.evil.net`

/** A file of as many tunnelled names, one a minute of its own time. */
function fileOf(name: string, { minutes, from }: { minutes: number; from: number | undefined }): string {
  const path = join(folder, name)
  const lines = Array.from({ length: minutes }, (_, at) =>
    query(tunnelled(at), from === undefined ? undefined : from + at * 60),
  )
  writeFileSync(path, `${lines.join('\n')}\n`)
  return path
}

async function detected(files: readonly string[]) {
  const dns = await DnsDetection.open()
  const none = { rules: [], correlations: [], invalid: [] }
  const detection = new CorrelatedDetection(none, await loadMappings(), { dns })
  const alerts: unknown[] = []
  for await (const item of detection.run(files)) if ('rule' in item) alerts.push(item)
  return { alerts, counts: dns.counts }
}

test('a tunnel in a file of queries is an alert at the line that went over the bound, with its figures in words', async () => {
  const file = fileOf('tunnel.ndjson', { minutes: 600, from: START })
  const { alerts, counts } = await detected([file])
  expect(counts).toMatchObject({ queries: 600, late: 0 })
  expect(alerts).toHaveLength(1)
  expect(alerts[0]).toMatchObject({
    ...{ file, logSource: { category: 'dns' }, rule: { id: 'dengta-dns-volume', author: 'Dengta' } },
    volume: { client: '10.1.1.9', domain: 'evil.net', text: { en: expect.stringContaining('4,096 are allowed') } },
  })
  const { line } = alerts[0] as { line: number }
  expect(line).toBeGreaterThan(300)
  expect(line).toBeLessThan(600)
})

test('a file from days before the newest is counted as late; queries without a time are not watched', async () => {
  const newest = fileOf('newest.ndjson', { minutes: 5, from: START + 3 * 86_400 })
  const old = fileOf('old.ndjson', { minutes: 600, from: START })
  const { alerts, counts } = await detected([newest, old, fileOf('timeless.ndjson', { minutes: 600, from: undefined })])
  expect([alerts, counts.late, counts.queries]).toEqual([[], 600, 605])
})
