import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { detectFiles } from './detect-files.ts'

const RULE = `title: One or the other
id: either
logsource: {product: windows}
detection:
  plain: {CommandLine|contains: mimikatz}
  dear: {CommandLine|re: '(?:.{900}x|zz)+[^a]y'}
  condition: 1 of *
`

test('a rule that fires is told although another of its comparisons would take too long on this value', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dengta-costly-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  writeFileSync(join(folder, 'rule.yml'), RULE)
  const file = join(folder, 'events.ndjson')
  writeFileSync(file, `${JSON.stringify({ _product: 'windows', CommandLine: `mimikatz ${'x'.repeat(200_000)}` })}\n`)
  const alerts: unknown[] = []
  for await (const { rule, matched } of detectFiles([file], folder))
    alerts.push([rule.id, matched.map(({ wanted }) => wanted)])
  expect(alerts).toEqual([['either', ['*mimikatz*']]])
})
