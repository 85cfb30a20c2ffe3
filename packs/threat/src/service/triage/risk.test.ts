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
  const { falseAlarms, missed } = figuresOf(counts, untaught())
  expect(falseAlarms.groups.text).toEqual({
    en: '2 of 2,188 (0.09%), within the bound of 1.00%',
    zh: '2,188 组中有 2 组（0.09%），在界限 1.00% 之内',
  })
  expect(missed.text.zh).toBe('8 步中有 0 步：结论太少，无法判断是否守住界限 25.00%')
})
