import type { RulePage, TicketView } from '@dengta/sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CliHouse, cliHouse } from './cli-house.fixture.ts'

let house: CliHouse
const threat: CliHouse['threat'] = (...words) => house.threat(...words)
const json: CliHouse['json'] = (...words) => house.json(...words)

beforeAll(async () => {
  house = await cliHouse()
}, 60_000)
afterAll(() => house.close())

test('rules in force are listed, shown, read again and laid on the matrix; an unknown one is said', async () => {
  const rows = await json<RulePage>('rules', '--limit', '2')
  const [rule] = rows.rules
  expect([rows.rules.length, rows.total > 2]).toEqual([2, true])
  expect((await threat('rules', '--text', rule?.title ?? '')).out).toContain(rule?.id)
  const shown = (await threat('rules', 'show', rule?.id ?? '')).out
  expect(shown).toContain('verdicts on its groups: 0 attack, 0 benign, 0 unclear')
  expect(shown).toMatch(/\ntitle: /)
  const report = (await threat('rules', 'report')).out
  expect(report).toMatch(/\d+ rules, \d+ correlations, \d+ filters; 0 refused\nrecord: /)
  expect((await threat('rules', 'reload')).out).toContain('the files are as before')
  expect((await threat('rules', 'reload', '--lang', 'zh')).out).toContain('文件未变')
  expect((await threat('rules', 'coverage')).out).toMatch(/\d+ of \d+ techniques have a rule/)
  expect((await threat('rules', '--technique', 'T9999')).out).toBe('0 of 0 rules\n')
  expect((await threat('rules', '--limit', '1', '--lang', 'zh')).out).toMatch(/^(提示|低|中|高|严重) +(生效|静默) /)
  const draft = await threat('rules', 'filter', rule?.id ?? '')
  expect([draft.code, draft.out]).toEqual([1, expect.stringContaining('judge its groups first')])
  const unknown = await threat('rules', 'lift', 'nobody')
  expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining('[threat.missing]')])
})

test('the flow says that nothing is connected; what was done stands in the audit trail', async () => {
  const flow = await threat('flow')
  expect([flow.code, flow.out]).toEqual([0, expect.stringMatching(/^not connected: /)])
  expect((await threat('flow', '--lang', 'zh')).out).toMatch(/^未接入: .*\n {2}事件，累计/)
  const { id } = await json<TicketView>('tickets', 'open', 'Shell on web-1', '--severity', 'high')
  expect((await threat('audit', '--kind', 'ticket')).out).toMatch(new RegExp(`house +opened a ticket +${id} +–`))
  expect((await threat('audit', '--lang', 'zh')).out).toMatch(new RegExp(`house +新建工单 +${id} +–`))
  expect((await threat('audit', '--kind', 'webhook')).out).toBe('0 of 0 acts\n')
  expect((await threat('audit', '--kind', 'nothing')).code).toBe(2)
})

test('a ticket of one’s own needs a severity, and stands in the report for the next shift', async () => {
  expect((await threat('tickets', 'open', 'Shell')).err).toContain("required option '--severity <level>' not specified")
  const { id } = await json<TicketView>('tickets', 'open', 'Odd mail', '--severity', 'low')
  const report = (await threat('tickets', 'hand-over', '--hours', '12')).out
  expect(report).toMatch(/^# Hand-over .* UTC\n/)
  expect(report).toContain(id.replaceAll('_', '\\_'))
  expect((await threat('tickets', 'hand-over', '--lang', 'zh')).out).toMatch(/^# 交接班报告/)
})

test('learning again without verdicts of two sites is refused and says why', async () => {
  const { code, err } = await threat('triage', 'learn')
  expect([code, err]).toEqual([1, expect.stringMatching(/✗ .*\[threat\.\w+\]/)])
})
