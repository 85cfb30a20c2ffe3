import { describe, expect, test } from 'vitest'
import { decideG3 } from './decide-g3.ts'
import { benchmarksOf, gatesOfScenario, hasSubject, stageOf } from './gates-of-scenario.ts'
import { predicateOf, type Records, recordsUntil } from './records.ts'
import { passingLog, recordOf, SampleLog, sampleStatement } from './sample-records.fixture.ts'

const { records } = passingLog()
const passing = decideG3(records, 'nox', 'sub_1')

describe('a passing set of records', () => {
  test('is the whole basis of the decision, in the order of the log', () => {
    expect(passing.decision).toBe('OPEN')
    expect(passing.basis).toEqual(records.map(({ id }) => id))
  })

  test.each(records.map((record, i): [string, number] => [record.kind, i]))(
    'without its %s decides otherwise',
    (_, i) => {
      const less = records.filter((_, j) => j !== i)
      const decision = decideG3(less, 'nox', 'sub_1')
      expect(decision.decision).not.toBe('OPEN')
      expect(decision.basis).not.toContain(records[i]!.id)
    },
  )

  test.each(records.map((record, i): [string, number] => [record.kind, i]))(
    'with another %s rests on another basis',
    (_, i) => {
      const { kind, index, statement } = records[i]!
      const moved = recordOf(kind, { ...statement.predicate, at: '2026-11-30T00:00:00.000Z' }, index)
      const changed = records.map((record, j) => (j === i ? moved : record))
      expect(decideG3(changed, 'nox', 'sub_1').basis).not.toEqual(passing.basis)
    },
  )

  test('decides the same in whatever order the records come', () => {
    expect(decideG3([...records].reverse(), 'nox', 'sub_1')).toEqual(passing)
  })

  test('is not moved by records of another scenario', () => {
    const strangers = records.map((record) => {
      const predicate = { ...predicateOf(record), scenario: 'other' }
      return recordOf(record.kind, predicate, record.index + 100)
    })
    const failed = strangers.map((record) =>
      record.kind === 'replay' ? recordOf('replay', { ...predicateOf(record), same: false } as never, 200) : record,
    )
    expect(decideG3([...records, ...failed], 'nox', 'sub_1')).toEqual(passing)
    expect(decideG3(failed, 'nox', 'sub_1').decision).toBe('NOT_PROVEN')
  })
})

test('gates at a past moment stand as they stood then', () => {
  const stateAt = (hour: number) => {
    const then = recordsUntil(records, new Date(`2026-11-22T${String(hour).padStart(2, '0')}:30:00Z`))
    const gates = gatesOfScenario(then, 'nox')
    return [stageOf(gates), ...gates.map(({ gate, decision }) => `${gate} ${decision}`)]
  }
  expect(stateAt(0)).toEqual(['requirement', 'G1 OPEN'])
  expect(stateAt(2)).toEqual(['requirement', 'G1 OPEN', 'G2 NOT_PROVEN'])
  expect(stateAt(6)).toEqual(['data', 'G1 OPEN', 'G2 OPEN'])
  expect(stateAt(7)).toEqual(['data', 'G1 OPEN', 'G2 OPEN', 'G3 NOT_PROVEN'])
  expect(stateAt(8)).toEqual(['benchmark', 'G1 OPEN', 'G2 OPEN', 'G3 OPEN'])
})

test('a later statement of the scenario replaces the earlier one', () => {
  const log = passingLog()
  log.add('scenario', { ...sampleStatement, requirement: { ...sampleStatement.requirement, guardMetrics: [] } })
  expect(gatesOfScenario(log.records, 'nox').map(({ decision }) => decision)).toEqual(['CLOSED', 'CLOSED', 'CLOSED'])
})

test('a failed replay counts even where a later one agrees', () => {
  const log = passingLog()
  const replay = log.records.find(({ kind }) => kind === 'replay')!
  log.add('replay', { ...predicateOf(replay), same: false } as never)
  log.add('replay', predicateOf(replay) as never)
  const reasons = decideG3(log.records, 'nox', 'sub_1').reasons.filter(({ met }) => met === 'no')
  expect(reasons.map(({ code }) => code)).toEqual(['g3.replay'])
})

test('the newest signed decision stands beside the gate it answers', () => {
  const log = passingLog()
  const signed = (decision: 'OPEN' | 'NOT_PROVEN') =>
    log.add('gate', {
      actor: 'house',
      gate: 'G2',
      about: 'nox-forward',
      decision,
      reasons: [],
      policy: 'p',
      verifier: 'v',
    })
  signed('NOT_PROVEN')
  const newest = signed('OPEN')
  const [g1, g2] = gatesOfScenario(log.records, 'nox')
  expect(g1!.decided).toBeUndefined()
  expect(g2!.decided).toEqual({ record: newest.id, decision: 'OPEN', at: predicateOf(newest).at })
})

test('gates are asked about what is on record', () => {
  const asked = (gate: 'G1' | 'G2' | 'G3', about: string, of: Records = records) =>
    hasSubject(of, 'nox', { gate, about })
  expect([asked('G1', 'nox'), asked('G2', 'nox-forward'), asked('G3', 'sub_1')]).toEqual([true, true, true])
  expect([asked('G1', 'dga'), asked('G2', 'sub_1'), asked('G3', 'nox')]).toEqual([false, false, false])
  expect(asked('G2', 'nox-forward', new SampleLog().records)).toBe(false)
  expect(benchmarksOf(records)).toEqual([{ id: 'nox-forward', title: { en: 'NOx forward', zh: 'NOx forward' } }])
})
