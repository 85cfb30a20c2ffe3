import { expect, test } from 'vitest'
import { openGroup } from '../group/alert-group.ts'
import { alertAt } from '../group/seen-alert.fixture.ts'
import type { SeenAlert } from '../group/seen-alert.ts'
import { IncidentBook } from './incident-book.ts'
import { entityGraph, techniquesOf, timelineOf } from './incident-view.ts'

let number = 0
function finding(minutes: number, host: string, more: Partial<SeenAlert> & { score?: number } = {}) {
  const { score = 1, ...rest } = more
  number += 1
  return { group: openGroup(number, alertAt(minutes, rest.signature ?? 'scan', host, rest)), score }
}

test('findings within an hour are one incident, whatever the host', () => {
  const book = new IncidentBook()
  const first = book.add(finding(0, 'web'))
  expect(book.add(finding(50, 'db'))).toBe(first)
  expect(book.add(finding(50 + 61, 'mail'))).not.toBe(first)
})

test('a shared account joins findings for twelve hours', () => {
  const book = new IncidentBook()
  const first = book.add(finding(0, 'web', { account: 'eve' }))
  expect(book.add(finding(300, 'db', { account: 'eve' }))).toBe(first)
  expect(book.add(finding(300 + 721, 'mail', { account: 'eve' }))).not.toBe(first)
})

test('a finding that connects two incidents merges them into the older one', () => {
  const book = new IncidentBook()
  const first = book.add(finding(0, 'web'))
  const second = book.add(finding(120, 'db'))
  const joined = book.add(finding(180 + 70, 'web', { addresses: ['10.0.0.9'] }))
  expect(joined).toBe(first)
  const bridge = book.add(finding(180 + 80, 'db', { addresses: ['10.0.0.9'] }))
  expect(bridge).toBe(first)
  expect(first.merged).toEqual([second.number])
  expect(book.live()).toEqual([first])
  expect(timelineOf(first).map(({ host }) => host)).toEqual(['web', 'db', 'web', 'db'])
})

test('one weak finding stays a candidate; a second signature beside it opens the incident', () => {
  const book = new IncidentBook()
  const weak = book.add(finding(0, 'web', { score: -1 }))
  expect(weak.state).toBe('candidate')
  book.add(finding(10, 'web', { score: -1 }))
  expect(weak.state).toBe('candidate')
  book.add(finding(20, 'web', { score: -1, signature: 'login' }))
  expect(weak.state).toBe('open')
  expect(book.add(finding(2000, 'db', { score: 0 })).state).toBe('open')
})

test('an incident closes after twelve quiet hours; a restart changes nothing', () => {
  const book = new IncidentBook()
  const incident = book.add(finding(0, 'web'))
  const restored = new IncidentBook(undefined, structuredClone(book.save()))
  expect(restored.live()).toEqual(book.live())
  expect(book.close(incident.last + 43_200_000)).toEqual([])
  expect(book.close(incident.last + 43_200_001)).toEqual([incident])
  expect(incident.state).toBe('closed')
})

test('entities, lines between them and techniques can be drawn', () => {
  const book = new IncidentBook()
  book.add(finding(0, 'web', { account: 'eve', techniques: ['T1059.001'] }))
  const incident = book.add(finding(5, 'db', { account: 'eve', process: 'sh', techniques: ['T9999'], score: 3 }))
  const graph = entityGraph(incident)
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
  expect(techniquesOf(incident, table)).toEqual([
    { id: 'T1059.001', name: 'Command and Scripting Interpreter', tactics: ['Execution'], groups: 1 },
    { id: 'T9999', name: 'T9999', tactics: [], groups: 1 },
  ])
})
