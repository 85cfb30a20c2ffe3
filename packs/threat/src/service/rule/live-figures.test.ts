import { expect, test } from 'vitest'
import { liveFigures } from './live-figures.ts'

const quarantine = { detectors: 1, sinceMs: Date.UTC(2026, 10, 22, 8), slow: 5, measured: 9, slowestMs: 41.6 }

test('time of a rule as a share of all rules, and a million events of the flow', () => {
  const figures = liveFigures({
    ...{ hash: 'h', detectors: 2, events: 400_000 },
    rules: [
      { rule: 'dear', checks: 640, milliseconds: 300, quarantine },
      { rule: 'cheap', checks: 64, milliseconds: 100 },
    ],
  })
  expect(figures.get('dear')).toEqual({
    milliseconds: 300,
    cost: { microseconds: 300_000, evaluations: 640, share: 0.75, secondsPerMillion: 0.75 },
    quarantine: {
      ...{ since: '2026-11-22T08:00:00.000Z', detectors: 1, of: 2 },
      reason: {
        en: '5 of 9 measured checks took longer than 20 ms, the slowest 42 ms',
        zh: '计时的 9 次检查中有 5 次超过 20 毫秒，最慢的一次为 42 毫秒',
      },
    },
  })
  expect(figures.get('cheap')).toMatchObject({ cost: { share: 0.25 }, quarantine: undefined })
})

test('a flow without events divides by nothing', () => {
  const rules = [{ rule: 'a', checks: 0, milliseconds: 0 }]
  const cost = { microseconds: 0, evaluations: 0, share: 0, secondsPerMillion: 0 }
  expect(liveFigures({ hash: 'h', detectors: 0, events: 0, rules }).get('a')?.cost).toEqual(cost)
})
