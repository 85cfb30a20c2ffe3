import type { Scalar } from '../normalise/leaves.ts'
import type { Expression, Match } from '../rule/expression.ts'
import { type ScalarTest, scalarTest } from './compare-scalar.ts'
import type { FieldView } from './field-view.ts'
import { fold } from './fold.ts'

type Reference = Extract<Match['value'], { kind: 'reference' }>

const tests = new WeakMap<Match, ScalarTest>()

/** Whether an expression holds for an event, by the plain meaning of Sigma: the oracle of the compiled matcher. */
export function evaluate(expression: Expression, view: FieldView): boolean {
  switch (expression.kind) {
    case 'match':
      return holds(expression, view)
    case 'and':
      return expression.parts.every((part) => evaluate(part, view))
    case 'or':
      return expression.parts.some((part) => evaluate(part, view))
    case 'not':
      return !evaluate(expression.part, view)
    case 'nothing':
      return false
  }
}

/** One comparison: true if any value of the field fits; null also fits a field that is absent. */
export function holds(match: Match, view: FieldView): boolean {
  if (match.field === undefined) return anyFits(match, view.all())
  const values = view.values(match.field)
  const { value } = match
  if (value.kind === 'exists') return value.expected === view.has(match.field)
  if (value.kind === 'null' && values.length === 0) return !view.has(match.field)
  if (value.kind === 'reference') return refers(value, values, view.values(value.field))
  return anyFits(match, values)
}

function anyFits(match: Match, values: Iterable<Scalar>): boolean {
  const test = testOf(match)
  for (const value of values) if (test(value)) return true
  return false
}

export function testOf(match: Match): ScalarTest {
  let test = tests.get(match)
  if (!test) {
    test = scalarTest(match.value, match.field === undefined)
    tests.set(match, test)
  }
  return test
}

/** Compares two fields of the event without regard to case. */
export function refers(reference: Reference, values: readonly Scalar[], others: readonly Scalar[]): boolean {
  return values.some(
    (value) =>
      value !== null && others.some((other) => other !== null && fits(fold(String(value)), fold(String(other)))),
  )

  function fits(actual: string, other: string): boolean {
    if (reference.openStart) return reference.openEnd ? actual.includes(other) : actual.endsWith(other)
    return reference.openEnd ? actual.startsWith(other) : actual === other
  }
}
