import { beforeAll, expect, test } from 'vitest'
import type { Format } from '../normalise/format.ts'
import { loadMappings } from '../normalise/mapping-files.ts'
import { loadRules } from '../rule/load-rules.ts'
import { Matcher } from './matcher.ts'
import { matchPlainly, normalise } from './plain-matcher.ts'

let formats: readonly Format[] = []
beforeAll(async () => {
  formats = await loadMappings()
})

const DETECTIONS = {
  part: '{s: {Path|contains: ΑΣ}, condition: s}',
  whole: '{s: {Path: ΚΑΣ}, condition: s}',
  pieces: "{s: {Path: 'ΚΑΣ*Β'}, condition: s}",
  keyword: '{k: [ΟΔΟΣ], condition: k}',
  reference: '{s: {Path|fieldref|startswith: Start}, condition: s}',
}

test.each([
  [{ Path: 'κασα' }, ['part']],
  [{ Path: 'ΚΑΣ' }, ['part', 'whole']],
  [{ Path: 'κας' }, ['part', 'whole']],
  [{ Path: 'ΚΑΣΑ β' }, ['part', 'pieces']],
  [{ Note: 'οδοσ.exe' }, ['keyword']],
  [{ Path: 'ΟΔΟΣΑ', Start: 'ΟΔΟΣ' }, ['keyword', 'reference']],
])('a sigma is the same letter at the end of a word and in it: %j', (fields, ids) => {
  const text = Object.entries(DETECTIONS)
    .map(([id, detection]) => `title: ${id}\nid: ${id}\nlogsource: {product: windows}\ndetection: ${detection}\n`)
    .join('---\n')
  const { rules } = loadRules([{ path: 'r.yml', text }])
  const event = { _product: 'windows', ...fields }
  const bytes = Buffer.from(`${JSON.stringify(event)}\n`)
  const found = new Set<string>()
  for (const engine of ['wasm', 'plain'] as const) {
    found.clear()
    new Matcher(rules, formats, { engine }).match(bytes, 0, bytes.length - 1, ({ id }) => found.add(id))
    expect([...found].sort(), engine).toEqual(ids)
  }
  expect(
    matchPlainly(rules, normalise(event, formats))
      .map(({ id }) => id)
      .sort(),
  ).toEqual(ids)
})
