import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ActuatorView, PlaybookRow, RunDetail, TicketView } from '@dengta/sdk'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CliHouse, cliHouse } from './cli-house.fixture.ts'

let house: CliHouse
let ticket = ''
const threat: CliHouse['threat'] = (...words) => house.threat(...words)
const json: CliHouse['json'] = (...words) => house.json(...words)

beforeAll(async () => {
  house = await cliHouse()
  ticket = (await house.client.openTicket({ title: 'Shell on web-1', severity: 'high' })).id
}, 60_000)
afterAll(() => house.close())

test('a ticket is taken, handed over, written to, resolved and closed; what its state does not allow is refused', async () => {
  const refused = await threat('tickets', 'close', ticket)
  expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('[threat_ticket.illegal_step]')])
  for (const words of [['acknowledge'], ['assign'], ['note'], ['look'], ['resolve'], ['close']]) {
    const said = { assign: ['bob'], note: ['web shell found'], resolve: ['host rebuilt'] }[words[0] ?? ''] ?? []
    expect(await threat('tickets', ...words, ticket, ...said)).toMatchObject({ code: 0, err: '' })
  }
  expect(await json<TicketView>('tickets', 'show', ticket)).toMatchObject({
    ...{ state: 'closed', assignee: 'bob', looks: 1, resolution: 'host rebuilt', notes: [{ text: 'web shell found' }] },
  })
  expect((await threat('tickets', '--state', 'closed')).out).toMatch(
    new RegExp(`^${ticket} +high +closed +bob +Shell on web-1`),
  )
  const shown = await threat('tickets', 'show', ticket, '--lang', 'zh')
  expect(shown.out).toMatch(new RegExp(`^${ticket}  高  已关闭\n[\\s\\S]* 解决 +2[\\s\\S]*当前可执行: 重新打开, `))
  expect((await threat('tickets', 'times', '--lang', 'zh')).out).toMatch(/\n发现 [\s\S]*声明值而非实测/)
})

test('a playbook is found by name, dry-run, started and refused to who asked without the input', async () => {
  const rows = await json<PlaybookRow[]>('playbooks')
  expect(rows.map(({ name }) => name.en)).toContain('Isolate host')
  const dry = await threat('run', 'dry', 'isolate HOST', '--input', 'host=web-1')
  expect(dry.out).toMatch(/lead, not by whoever asked for it\n {2}sends openc2-http → simulator.*"hostname":"web-1"/)
  expect(dry.out).toMatch(/nothing was sent\n$/)
  const bare = await threat('run', 'start', '隔离主机', '--reason', 'shell')
  expect([bare.code, bare.err]).toEqual([2, expect.stringContaining('__host__ (string)')])
  expect((await threat('run', 'dry', 'x')).err).toContain('[threat_cli.no_such_playbook]')
  expect((await threat('run', 'dry', 'Isolate host', '--input', 'web-1')).err).toContain('[threat_cli.not_an_input]')
})

test('consent is refused to who asked, with exit code 1; refusing cancels the run; both are listed', async () => {
  const run = await json<RunDetail>('run', 'start', 'Isolate host', '--input', 'host=web-1', '--reason', 'shell')
  const shown = (await threat('run', 'show', run.id)).out
  expect(shown).toContain(`npx dengta threat run consent ${run.id} ${run.work?.digest}`)
  const consent = await threat('run', 'consent', run.id, run.work?.digest ?? '')
  expect([consent.code, consent.out]).toEqual([1, expect.stringContaining('✗ ')])
  expect((await threat('run', 'refuse', run.id, 'wrong host', '--lang', 'zh')).out).toContain('✗ wrong host')
  expect((await threat('run', '--status', 'cancelled')).out).toContain(run.id)
})

test('a playbook is checked and imported; webhooks are added over https only, and removed', async () => {
  const file = join(house.home, 'bad.json')
  await writeFile(file, '{"type":"playbook","modified":"yesterday"}')
  const lint = await threat('playbooks', 'lint', file)
  expect([lint.code, lint.out]).toEqual([1, expect.stringContaining('✗ $.modified: must be a time in UTC')])
  const plain = await threat('webhooks', 'add', 'siem', 'http://siem.example.com', '--secret', 'siem', '--lang', 'zh')
  expect([plain.code, plain.err]).toEqual([2, expect.stringContaining('需要以 https:// 开头的地址')])
  expect((await threat('webhooks', 'add', 'siem', 'https://siem.example.com/d', '--secret', 'siem')).out).toContain(
    'dead 0',
  )
  expect((await threat('webhooks', '--lang', 'zh')).out).toMatch(
    /^siem +https:\/\/siem\.example\.com\/d +siem +待送达 0 +已送达 0 +死信 0\n$/,
  )
  expect((await threat('webhooks', 'remove', 'siem')).code).toBe(0)
  expect((await threat('webhooks', 'outbox')).code).toBe(0)
  expect((await threat('incidents', '--state', 'open')).code).toBe(0)
})

test('an incident is opened again only with a reason; an unknown one is said', async () => {
  const bare = await threat('incidents', 'reopen', 'incident_live_7')
  expect([bare.code, bare.err]).toEqual([2, expect.stringContaining('--reason')])
  const unknown = await threat('incidents', 'reopen', 'incident_live_7', '--reason', 'no scan')
  expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining('[threat.missing]')])
})

const OVER_HTTP = `kind: http
url: https://edr.example.com
secret: edr
requests:
  do: {method: POST, path: '/hosts/__host__:value'}
  check: {method: GET, path: '/hosts/__host__:value'}
  undo: {method: DELETE, path: '/hosts/__host__:value'}
`

test('a target is read from a file, tried without being kept, added, and removed again', async () => {
  const file = join(house.home, 'target.yaml')
  await writeFile(file, OVER_HTTP)
  const trial = await threat('targets', 'try', 'isolate-host', file)
  expect(trial.out).toMatch(
    /^do +http-api → https:\/\/edr\.example\.com.* secret edr .*"POST[\s\S]*nothing was kept or sent\n$/,
  )
  expect((await threat('targets')).out).toMatch(/isolate-host +Isolate a host +simulator +lead +nobody has chosen/)
  expect((await threat('targets', 'add', 'isolate-host', file)).out).toMatch(
    /https:\/\/edr\.example\.com +lead +house /,
  )
  expect(await json<ActuatorView>('targets', 'remove', 'isolate-host')).toMatchObject({ place: 'simulator' })
  await writeFile(file, OVER_HTTP.replace('__host__:value', '__hots__:value'))
  expect((await threat('targets', 'try', 'isolate-host', file)).err).toContain('[threat_playbook.no_value]')
  await writeFile(file, OVER_HTTP.replace('check:', 'chek:'))
  const wrong = await threat('targets', 'add', 'isolate-host', file, '--lang', 'zh')
  expect([wrong.code, wrong.err]).toEqual([2, expect.stringMatching(/第 5 行，requests.*\[threat_target\.field\]/)])
  await writeFile(file, 'kind: [')
  expect((await threat('targets', 'add', 'isolate-host', file)).err).toContain('[threat_target.not_yaml]')
  expect((await threat('targets', 'add', 'wipe-host', file)).err).toContain('Allowed choices are isolate-host')
})

const NOBODY_THERE = OVER_HTTP.replace('https://edr.example.com', 'http://127.0.0.1:1')
  .replace('secret: edr', 'reach: loopback\nplaintext: true')
  .replaceAll('__host__', '__address__')
  .replace('DELETE', 'PUT')

test('consent to a run that then fails ends with exit code 1 and the reason', async () => {
  const file = join(house.home, 'nobody.yaml')
  await writeFile(file, NOBODY_THERE)
  expect((await threat('targets', 'add', 'block-address', file)).code).toBe(0)
  const words = ['run', 'start', 'Block address', '--input', 'address=203.0.113.9', '--reason', 'scan']
  const run = await json<RunDetail>(...words)
  const consent = await threat('run', 'consent', run.id, run.work?.digest ?? '')
  expect(consent).toMatchObject({ code: 1, out: expect.stringMatching(/^run_\w+ {2}failed {2}[\s\S]*\n✗ /) })
  expect((await threat('run', 'show', run.id)).code).toBe(0)
  expect((await threat('targets', 'remove', 'block-address')).code).toBe(0)
}, 60_000)
