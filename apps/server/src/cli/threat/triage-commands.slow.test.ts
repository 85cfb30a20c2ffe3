import { setTimeout as sleep } from 'node:timers/promises'
import type { AlertPage, GroupDetail, QueuePage } from '@dengta/sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CliHouse, cliHouse } from './cli-house.fixture.ts'

let house: CliHouse
const threat: CliHouse['threat'] = (...words) => house.threat(...words)
const json: CliHouse['json'] = (...words) => house.json(...words)

beforeAll(async () => {
  house = await cliHouse()
  const { id } = await house.client.startReplay({ sample: true })
  while ((await house.client.getReplay(id)).state !== 'done') await sleep(100)
}, 120_000)
afterAll(() => house.close())

test('a waiting group is shown with why, judged with a reason, refused a second time, and taken back', async () => {
  const { groups, total } = await json<QueuePage>('triage', '--order', 'newest')
  const id = groups[0]?.id ?? ''
  expect((await threat('triage', '--limit', '1')).out).toContain(`1 of ${total} waiting groups; you judged 0 today`)
  const shown = await threat('triage', 'show', id, '--lang', 'zh')
  expect(shown.out).toMatch(/模型决定: (已升级|转人工) {2}-?\d/)
  const words = ['triage', 'judge', id, '--verdict', 'benign']
  expect((await threat(...words)).err).toContain("required option '--reason <words>' not specified")
  expect((await threat(...words, '--reason', 'nightly scan')).out).toMatch(/verdict: benign {2}house .* nightly scan/)
  const again = await threat(...words, '--reason', 'nightly scan')
  expect([again.code, again.err]).toEqual([1, expect.stringContaining('[threat.already_judged]')])
  expect((await json<GroupDetail>('triage', 'undo', id)).history).toMatchObject([{ kind: 'benign', undoneBy: 'house' }])
  const late = await threat(
    'triage',
    'judge',
    id,
    '--verdict',
    'suppress',
    '--reason',
    'x',
    '--until',
    '2020-01-01T00:00:00Z',
  )
  expect([late.code, late.err]).toEqual([2, expect.stringContaining('[threat.bad_until]')])
  expect((await threat('triage', 'show', 'none')).err).toContain('[threat.missing]')
  expect((await threat('triage', '--action', 'close')).err).toContain('Allowed choices are escalate, hand_over')
})

test('alerts are filtered, shown with credit and event, and explained by their rule and by another', async () => {
  const { rules } = await house.client.listRules()
  const [rule, other] = ['rule', 'none'].map((hit) =>
    rules.find(({ kind, hits }) => kind === 'rule' && hits > 0 === (hit === 'rule')),
  )
  const { alerts } = await json<AlertPage>('alerts', '--rule', rule?.id ?? '')
  const { id, host, rule: credit } = alerts[0] as AlertPage['alerts'][number]
  const some = await json<AlertPage>('alerts', '--host', host, '--level', credit.level)
  expect(new Set(some.alerts.map((each) => each.host))).toEqual(new Set([host]))
  expect((await threat('alerts', '--limit', '1')).out).toMatch(
    /1 of \d+ kept alerts, received since .*\nmore: --before \d+\n/,
  )
  expect((await threat('alerts', 'show', id)).out).toMatch(new RegExp(`rule by: ${credit.author}`))
  expect((await threat('alerts', 'explain', id)).out).toMatch(/^✓ fires: [\s\S]*✓ .*: wants .*, finds "/)
  expect((await threat('alerts', 'explain', id, other?.id ?? '', '--lang', 'zh')).out).toMatch(/^✗ 未命中/)
  expect((await threat('alerts', '--from', 'soon')).code).toBe(2)
  expect((await json<{ class_uid: number }>('alerts', 'ocsf', id)).class_uid).toBe(2004)
})
