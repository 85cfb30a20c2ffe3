import { type AuditAct, dispositionKind, THREAT_ACTS, ticketActionKind } from '@dengta/sdk'
import { expect, test } from 'vitest'
import { auditLines } from './audit-lines.ts'

const chinese = { say: (text: { readonly zh: string }) => text.zh }
const english = { say: (text: { readonly en: string }) => text.en }
const act = (action: string, detail = ''): AuditAct => ({
  seq: '1',
  at: 'AT',
  actor: 'ann',
  action,
  target: 'T',
  detail,
})
const page = (...acts: AuditAct[]) => ({ acts, total: acts.length, isMore: false })

test('every verdict and every step of a ticket has words of its own', () => {
  const actions = [
    ...dispositionKind.options.map((kind) => `group.${kind}`),
    ...ticketActionKind.options.map((kind) => `ticket.${kind}`),
  ]
  expect(actions.filter((action) => !(action in THREAT_ACTS))).toEqual([])
  expect(Object.values(THREAT_ACTS).filter(({ zh }) => !/[\u4e00-\u9fff]/.test(zh))).toEqual([])
})

test('details of the machine are said in words, those of people stay', () => {
  const acts = page(
    act('incident.close', 'attack: host: web-1'),
    act('group.undo', 'suppress'),
    act('ticket.close', 'incident_7'),
    act('actuator.choose', 'simulator'),
    act('ticket.note', 'benign: it seems'),
    act('of.later', 'x'),
  )
  expect(auditLines(acts, english)).toEqual([
    'AT  ann  closed an incident   T  –  as attack: host: web-1',
    'AT  ann  took a verdict back  T  –  the verdict was: suppressed',
    'AT  ann  closed a ticket      T  –  with its incident, incident_7',
    'AT  ann  chose a target       T  –  simulator',
    'AT  ann  noted on a ticket    T  –  benign: it seems',
    'AT  ann  of.later             T  –  x',
    '6 of 6 acts',
  ])
  expect(auditLines(page(act('incident.reopen', `${'a'.repeat(64)}: too soon`)), english)[0]).toBe(
    `AT  ann  reopened an incident  T  –  too soon (closed on record ${'a'.repeat(64)})`,
  )
  expect(auditLines(page(act('incident.close', 'benign: drill')), chinese)[0]).toBe(
    'AT  ann  关闭安全事件  T  –  结论为良性：drill',
  )
})
