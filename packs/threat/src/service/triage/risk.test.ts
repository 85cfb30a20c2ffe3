import { expect, test } from 'vitest'
import { untaught } from '../model/model-service.ts'
import { figuresOf } from './risk.ts'

const NONE = {
  groups: 0,
  automaticGroups: 0,
  alerts: 0,
  automaticAlerts: 0,
  judged: 0,
  incidents: 0,
  judgedIncidents: 0,
  falseIncidents: 0,
}

test('a figure says in both languages how many of what, against which bound', () => {
  const counts = { ...NONE, benign: 2188, benignShown: 2, steps: 8, stepsMissed: 0, handedOver: 0 }
  const { falseAlarms, missed } = figuresOf(counts, untaught(), 'published')
  expect(falseAlarms.groups.text).toEqual({
    en: '2 of 2,188 (0.09%), within the bound of 1.00%',
    zh: '2,188 组中有 2 组（0.09%），在界限 1.00% 之内',
  })
  expect(missed.text.zh).toBe('8 步中有 0 步：结论太少，无法判断是否守住界限 25.00%')
})

test('verdicts of people on what they were shown never say that a bound is kept, only that it is broken', () => {
  const counts = { ...NONE, groups: 10_040, automaticGroups: 10_000, handedOver: 0, steps: 40, stepsMissed: 0 }
  const shown = { ...counts, benign: 40, benignShown: 40 }
  const { falseAlarms, missed } = figuresOf(shown, untaught(), 'analyst')
  expect([falseAlarms.groups.holds, missed.holds]).toEqual(['unknown', 'unknown'])
  expect(falseAlarms.groups).not.toHaveProperty('rate')
  expect(missed.text.en).toBe(
    '0 of 40 that people judged; nobody looks at groups that are closed, so whether the bound of 25.00% is kept is not known',
  )
  const broken = figuresOf({ ...shown, benign: 400, benignShown: 400, stepsMissed: 11 }, untaught(), 'analyst')
  expect([broken.falseAlarms.groups.holds, broken.missed.holds]).toEqual(['no', 'no'])
  expect(broken.falseAlarms.groups.text.en).toContain('at least 3.85% of all there are')
  const all = figuresOf({ ...shown, groups: 40, automaticGroups: 0 }, untaught(), 'analyst')
  expect([all.falseAlarms.groups.holds, all.missed.holds]).toEqual(['no', 'yes'])
})
