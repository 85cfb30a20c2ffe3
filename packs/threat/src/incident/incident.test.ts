import { expect, test } from 'vitest'
import { extendGroup, openGroup } from '../group/alert-group.ts'
import { alertAt } from '../group/seen-alert.fixture.ts'
import type { SeenAlert } from '../group/seen-alert.ts'
import type { Finding } from './incident.ts'
import { IncidentBook } from './incident-book.ts'
import { entityGraph, techniquesOf, timelineOf } from './incident-view.ts'

let number = 0
function finding(minutes: number, host: string, more: Partial<SeenAlert> & { score?: number } = {}) {
  const { score = 1, ...rest } = more
  number += 1
  return { group: openGroup(number, alertAt(minutes, rest.signature ?? 'scan', host, rest)), score }
}
const joined = (book: IncidentBook, found: Finding) => book.add(found).at(-1)!
const numberOf = (book: IncidentBook, found: Finding) => joined(book, found).incident.number

test('findings within an hour are one incident, whatever the host', () => {
  const book = new IncidentBook()
  expect([finding(0, 'web'), finding(50, 'db'), finding(50 + 61, 'mail')].map((each) => numberOf(book, each))).toEqual([
    0, 0, 1,
  ])
})

test('a shared account joins findings for twelve hours', () => {
  const book = new IncidentBook()
  const found = [finding(0, 'web', { account: 'eve' }), finding(300, 'db', { account: 'eve' })]
  expect([...found, finding(300 + 721, 'mail', { account: 'eve' })].map((each) => numberOf(book, each))).toEqual([
    0, 0, 1,
  ])
})

test('a finding that connects two incidents merges them into the older one', () => {
  const book = new IncidentBook()
  const two = [finding(0, 'web'), finding(120, 'db')]
  expect(two.map((each) => numberOf(book, each))).toEqual([0, 1])
  expect(numberOf(book, finding(180 + 70, 'web', { addresses: ['10.0.0.9'] }))).toBe(0)
  const bridge = joined(book, finding(180 + 80, 'db', { addresses: ['10.0.0.9'] }))
  expect(bridge).toMatchObject({ absorbed: [1], added: [number] })
  expect(bridge.incident).toMatchObject({ number: 0, merged: 1, groups: 4, hosts: { names: ['web', 'db'], count: 2 } })
  expect(book.close(Number.POSITIVE_INFINITY)).toHaveLength(1)
})

test('one weak finding stays a candidate; a second signature beside it opens the incident', () => {
  const book = new IncidentBook()
  const weak = { score: -1 }
  const found = [finding(0, 'web', weak), finding(10, 'web', weak), finding(20, 'web', { ...weak, signature: 'login' })]
  const states = [...found, finding(2000, 'db', { score: 0 })].map((each) => joined(book, each).incident.state)
  expect(states).toEqual(['candidate', 'candidate', 'open', 'open'])
})

test('an incident closes after twelve quiet hours; a restart changes nothing', () => {
  const book = new IncidentBook()
  const { incident } = joined(book, finding(0, 'web'))
  const restored = new IncidentBook(undefined, structuredClone(book.save()))
  expect(restored.save()).toEqual(book.save())
  expect(book.nextClose).toBe(incident.last + 43_200_001)
  expect(book.close(incident.last + 43_200_000)).toEqual([])
  expect(book.close(incident.last + 43_200_001)).toEqual([
    { incident: { ...incident, state: 'closed' }, added: [], grown: [], absorbed: [] },
  ])
})

test('an incident whose group goes on is not over, however long ago the group joined', () => {
  const book = new IncidentBook()
  const brute = finding(0, 'web')
  joined(book, brute)
  for (let minutes = 4; minutes <= 13 * 60; minutes += 4) extendGroup(brute.group, alertAt(minutes, 'scan', 'web'))
  const { last } = brute.group
  expect(book.close(last)).toEqual([])
  expect(book.nextClose).toBe(last + 43_200_001)
  expect(book.close(last + 43_200_001)).toMatchObject([{ incident: { state: 'closed', last, alerts: 196 } }])
})

test('a group that goes on is told when its alerts have doubled, and at the end with all of them', () => {
  const book = new IncidentBook()
  const [long, ...others] = [0, 1, 2, 3].map((minutes) => finding(minutes, `host-${minutes}`))
  const grow = (alerts: number) => Object.assign(long!.group, { alerts })
  const told = (found: Finding) => joined(book, found)
  expect(told(long!)).toMatchObject({ added: [long!.group.number], grown: [], incident: { alerts: 1 } })
  grow(2)
  expect(told(others[0]!)).toMatchObject({ grown: [{ alerts: 2 }], incident: { alerts: 3 } })
  grow(3)
  expect(told(others[1]!)).toMatchObject({ grown: [], incident: { alerts: 5 } })
  grow(4)
  expect(told(others[2]!)).toMatchObject({ grown: [{ alerts: 4 }], incident: { alerts: 7 } })
  grow(5)
  expect(book.close(Number.POSITIVE_INFINITY)).toMatchObject([{ grown: [{ alerts: 5 }], incident: { alerts: 8 } }])
})

test('a summary holds the first names only and the right counts', () => {
  const book = new IncidentBook()
  for (let at = 0; at < 199; at += 1)
    book.add(finding(at, `host-${at}`, { signature: `rule ${at % 70}`, level: 'low' }))
  const { incident } = joined(book, finding(199, 'last', { level: 'high', score: 9 }))
  expect(incident).toMatchObject({ groups: 200, alerts: 200, score: 9, level: 'high', signature: 'rule 0' })
  expect(incident.hosts).toMatchObject({ count: 200, names: { length: 64 } })
  expect(incident.signatures).toMatchObject({ count: 71, names: { length: 64 } })
})

test('entities, lines between them and techniques can be drawn', () => {
  const findings = [
    finding(5, 'db', { account: 'eve', process: 'sh', techniques: ['T9999'], score: 3 }),
    finding(0, 'web', { account: 'eve', techniques: ['T1059.001'] }),
  ].reverse()
  expect(timelineOf(findings).map(({ host }) => host)).toEqual(['web', 'db'])
  const graph = entityGraph(findings)
  expect(graph.nodes.map(({ entity, groups, score }) => `${entity.kind} ${entity.name} ${groups} ${score}`)).toEqual([
    'host web 1 1',
    'account eve 2 3',
    'host db 1 3',
    'process db: sh 1 3',
  ])
  expect(graph.edges.map(({ from, to }) => `${from} - ${to}`)).toEqual([
    'host web - account eve',
    'host db - account eve',
    'host db - process db: sh',
  ])
  const table = new Map([['T1059', { name: 'Command and Scripting Interpreter', tactics: ['Execution'] }]])
  expect(techniquesOf(findings, table)).toEqual([
    { id: 'T1059.001', name: 'Command and Scripting Interpreter', tactics: ['Execution'], groups: 1 },
    { id: 'T9999', name: 'T9999', tactics: [], groups: 1 },
  ])
})
