import { expect, test } from 'vitest'
import { groupCopies } from './alert-group.ts'
import { Grouper } from './grouper.ts'
import { alertAt } from './seen-alert.fixture.ts'

test('alerts of one signature and host stay together until a pause of more than five minutes', () => {
  const grouper = new Grouper()
  const numbers = [0, 4, 9, 14.1].map((minute) => grouper.add(alertAt(minute, 'scan', 'web')).group.number)
  expect(numbers).toEqual([0, 0, 0, 1])
})

test('other hosts and other signatures are other groups; entities are kept once', () => {
  const grouper = new Grouper()
  grouper.add(alertAt(0, 'scan', 'web', { addresses: ['10.0.0.1'], account: 'eve', techniques: ['T1046'] }))
  grouper.add(alertAt(1, 'scan', 'db'))
  const { group, opened } = grouper.add(
    alertAt(2, 'scan', 'web', { addresses: ['10.0.0.1', '10.0.0.2'], account: 'eve' }),
  )
  expect({ opened, ...group }).toMatchObject({
    opened: false,
    number: 0,
    alerts: 2,
    addresses: ['10.0.0.1', '10.0.0.2'],
    accounts: ['eve'],
    techniques: ['T1046'],
  })
})

test('a copy of a group stays as it was, whatever alerts the group takes in', () => {
  const grouper = new Grouper()
  const entities = (name: string) => ({ addresses: [name], account: name, process: name, techniques: [name] })
  const { group } = grouper.add(alertAt(0, 'scan', 'web', entities('one')))
  const copy = groupCopies()(group)
  const before = structuredClone(copy)
  grouper.add(alertAt(1, 'scan', 'web', entities('two')))
  expect(group).toMatchObject({ alerts: 2, addresses: ['one', 'two'], techniques: ['one', 'two'] })
  expect(copy).toEqual(before)
})

test('a late alert joins the group that is open, and does not move its end back', () => {
  const grouper = new Grouper()
  grouper.add(alertAt(10, 'scan', 'web'))
  const { group } = grouper.add(alertAt(8, 'scan', 'web'))
  expect(group).toMatchObject({ number: 0, alerts: 2, last: alertAt(10, '', '').time })
})

test('what is open is bounded: the longest quiet is ended first', () => {
  const grouper = new Grouper({ gap: 300_000, maxOpen: 2 })
  for (const host of ['a', 'b', 'a', 'c']) grouper.add(alertAt(0, 'scan', host))
  expect(grouper.save().open.map(({ host }) => host)).toEqual(['a', 'c'])
})

test('a restart changes nothing', () => {
  const grouper = new Grouper()
  grouper.add(alertAt(0, 'scan', 'web'))
  const restored = new Grouper(undefined, structuredClone(grouper.save()))
  expect(restored.add(alertAt(3, 'scan', 'web'))).toEqual(grouper.add(alertAt(3, 'scan', 'web')))
  expect(restored.add(alertAt(3, 'scan', 'db'))).toEqual(grouper.add(alertAt(3, 'scan', 'db')))
})
