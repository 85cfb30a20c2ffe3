import { expect, test } from 'vitest'
import { firingLine, ruleFolder, unordered } from './events.fixture.ts'
import { sender, testFolder, until } from './pipeline.fixture.ts'
import { run } from './running.fixture.ts'

/** Takes 150 ms on 60,000 characters a and b without order, and fires on cmd.exe. */
const SLOW_RULE = `title: Slow
id: slow
logsource: {product: windows, category: process_creation}
detection:
  s:
    Image|re: 'a[ab]{500}c|cmd.exe$'
  condition: s
`

test('what rules cost is asked of all detectors; a stalling rule is put away, and looked at again once lifted', async () => {
  const folder = testFolder()
  const began = Date.now()
  const { pipeline, tcp } = await run(folder, { rules: { path: ruleFolder(folder, SLOW_RULE) } })
  const { socket } = await sender(tcp.port, { stream: 's' })
  const hit = firingLine(1)
  const long = hit.replace('C:\\\\cmd.exe', unordered(60_000)).replace('{', `{"pad":"${'p'.repeat(70_000)}",`)
  socket.write(long.repeat(5))
  const looked = (): number => pipeline.status().totals.evaluated + pipeline.status().totals.unreadable
  await until(() => looked() === 5)
  const stalled = await pipeline.ruleCosts()
  expect(stalled).toMatchObject({ hash: pipeline.status().rules.hash, detectors: 1 })
  const [slow] = stalled.rules
  expect(slow).toMatchObject({ rule: 'slow', checks: 5, quarantine: { detectors: 1, slow: 5, measured: 5 } })
  expect(slow?.milliseconds).toBeGreaterThan(100)
  expect(slow?.quarantine?.sinceMs).toBeGreaterThanOrEqual(began)
  socket.write(hit.repeat(128))
  await until(() => looked() === 133)
  const before = pipeline.status().totals.alerts
  expect(before).toBeLessThan(64)
  expect([await pipeline.liftQuarantine('slow'), await pipeline.liftQuarantine('slow')]).toEqual([1, 0])
  socket.write(hit)
  await until(() => pipeline.status().totals.alerts === before + 1)
  expect((await pipeline.ruleCosts()).rules[0]?.quarantine).toBeUndefined()
  await pipeline.stop()
})
