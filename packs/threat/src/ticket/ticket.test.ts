import { describe, expect, test } from 'vitest'
import { seededRandom } from '../playbook/playbook.fixture.ts'
import { handOverReport } from './hand-over-report.ts'
import { machineTime, modelledMinutes } from './handling-time.ts'
import { memoryTicketStore } from './memory-ticket-store.fixture.ts'
import { actOnTicket, newTicket, possibleActions, type Ticket, type TicketAction } from './ticket.ts'
import { ticketStoreContract } from './ticket-store.contract.ts'
import { ticketTimes } from './ticket-times.ts'

ticketStoreContract('memory', async () => memoryTicketStore())

const t = (minute: number) => new Date(Date.UTC(2026, 10, 22, 8, minute)).toISOString()
const fresh = newTicket({
  id: 'T-1',
  title: { en: 'Mimikatz | on web-01', zh: 'web-01 上的 Mimikatz |' },
  severity: 'high',
  links: [{ kind: 'incident', id: 'i1' }],
  event: t(0),
  detected: t(2),
})
const walk = (ticket: Ticket, ...steps: readonly (readonly [number, TicketAction])[]) =>
  steps.reduce((at, [minute, action]) => actOnTicket(at, action, { at: t(minute), actor: 'ann' }), ticket)
const closed = walk(
  fresh,
  [5, { kind: 'acknowledge' }],
  [6, { kind: 'start' }],
  [7, { kind: 'look' }],
  [8, { kind: 'respond' }],
  [9, { kind: 'respond' }],
  [10, { kind: 'wait', reason: 'reboot' }],
  [20, { kind: 'resolve', resolution: 'host rebuilt' }],
  [30, { kind: 'close' }],
)

describe('a ticket', () => {
  test('keeps the first time of each stage, and who took it', () => {
    expect(closed).toMatchObject({ state: 'closed', assignee: 'ann', looks: 1, version: 9, resolution: 'host rebuilt' })
    expect(closed.clock).toEqual({
      event: t(0),
      detected: t(2),
      acknowledged: t(5),
      responded: t(8),
      resolved: t(20),
      closed: t(30),
    })
    expect(closed).not.toHaveProperty('waitingFor')
  })

  test('reopened, it counts again from where it was detected', () => {
    const again = walk(closed, [40, { kind: 'reopen', reason: 'back' }], [41, { kind: 'acknowledge' }])
    expect(again).toMatchObject({ state: 'acknowledged', reopenings: 1, notes: [{ text: 'back' }] })
    expect(again.clock).toEqual({ event: t(0), detected: t(2), acknowledged: t(5), responded: t(8) })
  })

  test('refuses what its state does not allow, and times that run backwards', () => {
    expect(() => walk(fresh, [3, { kind: 'close' }])).toThrow(
      'possible now: acknowledge, respond, look, assign, note, link',
    )
    expect(() => walk(closed, [1, { kind: 'note', text: 'x' }])).toThrow('lies before')
    expect(walk(fresh, [3, { kind: 'link', link: { kind: 'incident', id: 'i1' } }]).links).toHaveLength(1)
  })

  test('on 2,000 random steps: closed only after resolved, times in order, versions without gaps', () => {
    const random = seededRandom(3)
    let ticket = fresh
    for (let i = 0; i < 2000; i += 1) {
      const kinds = possibleActions(ticket.state)
      const kind = kinds[Math.floor(random() * kinds.length)] as 'look'
      const before = ticket
      ticket = actOnTicket(
        ticket,
        { kind, reason: 'r', resolution: 's', to: 'bob', text: 'n', link: { kind: 'run', id: 'r' } } as TicketAction,
        { at: t(i + 3), actor: 'ann' },
      )
      expect(ticket.version).toBe(before.version + 1)
      if (ticket.state === 'closed') expect(ticket.clock.resolved && ticket.clock.closed).toBeTruthy()
      const { detected, acknowledged = detected, responded = detected, resolved, closed: end } = ticket.clock
      expect([acknowledged >= detected, responded >= detected, !end || !resolved || end >= resolved]).toEqual([
        true,
        true,
        true,
      ])
    }
  })
})

test('times over tickets leave out those that have none, and say how many', () => {
  const slow = walk({ ...fresh, id: 'T-2' }, [22, { kind: 'acknowledge' }])
  expect(ticketTimes([closed, slow, fresh])).toEqual({
    detect: { count: 3, without: 0, mean: 2, median: 2 },
    acknowledge: { count: 2, without: 1, mean: 11.5, median: 11.5 },
    respond: { count: 1, without: 2, mean: 6, median: 6 },
    resolve: { count: 1, without: 2, mean: 18, median: 18 },
    close: { count: 1, without: 2, mean: 28, median: 28 },
  })
})

test('modelled minutes of the two-stage policy on the reference figures: 446 looks of 27,834 groups', () => {
  const modelled = modelledMinutes(446, 10, { groups: 27_834, minutesPerGroup: 10 })
  expect(modelled).toMatchObject({ kind: 'modelled', minutes: 4460, baselineMinutes: 278_340 })
  expect(modelled.share).toBeCloseTo(0.016, 3)
  expect(modelledMinutes(0, 10, { groups: 0, minutesPerGroup: 10 }).share).toBeUndefined()
})

test('the hand-over report says what is open, in both languages, and takes hostile text literally', () => {
  const hostile = walk(
    { ...fresh, id: 'T-9', severity: 'critical', title: { en: 'x|y\n# <script>[a](b)', zh: '甲|乙\n# <b>' } },
    [3, { kind: 'note', text: '**bold**\n| a |' }],
  )
  const parts = {
    shift: { from: t(0), to: t(60) },
    ...{ open: { total: 2, tickets: [hostile, fresh] }, closed: { total: 3, tickets: [closed] } },
    times: ticketTimes([closed, fresh, hostile]),
    modelled: modelledMinutes(closed.looks, 10, { groups: 10, minutesPerGroup: 10 }),
    machine: machineTime([{ milliseconds: 1500 }, {}]),
  }
  const en = handOverReport(parts, 'en')
  expect(en).toContain('## Open tickets: 2')
  expect(en).toContain('host rebuilt\n\nAnd 2 more: see the board.')
  expect(en).toContain(
    '| T\\-9 x\\|y \\# \\<script\\>\\[a\\]\\(b\\) | critical | new | – |  | \\*\\*bold\\*\\* \\| a \\| |',
  )
  expect(en.indexOf('T\\-9')).toBeLessThan(en.indexOf('T\\-1'))
  expect(en).toContain('- T\\-1 Mimikatz \\| on web\\-01: host rebuilt')
  expect(en).toContain(
    'Modelled, not measured: 1 x 10 minutes of looking = 10 minutes of people, 10.0% of the declared baseline of 100 minutes.',
  )
  expect(en).toContain('Measured: machines spent 1.5 seconds on 1 command.')
  const zh = handOverReport(parts, 'zh')
  expect(zh).toContain('## 未结工单：2')
  expect(zh).toContain('| T\\-9 甲\\|乙 \\# \\<b\\> | 严重 |')
  expect(zh).toContain('- T\\-1 web\\-01 上的 Mimikatz \\|：host rebuilt')
  expect(zh.split('\n').filter((line) => line.startsWith('|'))).toHaveLength(
    en.split('\n').filter((line) => line.startsWith('|')).length,
  )
})
