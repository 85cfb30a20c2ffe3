import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '@dengta/kernel'
import { expect, test } from 'vitest'
import { hasThreatData, skippedNote, THREAT_DATA } from '../threat-data.fixture.ts'
import { readCondition } from './condition.ts'
import type { Expression } from './expression.ts'
import { readItem } from './item.ts'
import { escapedText, MANY, type Pattern } from './pattern.ts'
import type { Value } from './value.ts'

interface ModifierVector {
  readonly key: string
  readonly value: unknown
  readonly linking?: string
  readonly out?: unknown
  readonly error?: string
}

const REGEX_FLAGS = { i: 'IGNORECASE', m: 'MULTILINE', s: 'DOTALL' } as const

const read = (name: string): unknown => JSON.parse(readFileSync(join(THREAT_DATA, 'conformance', name), 'utf8'))

function partsOf(pattern: Pattern): unknown[] {
  return pattern.map((part) =>
    typeof part === 'string' ? part : { wild: part === MANY ? 'WILDCARD_MULTI' : 'WILDCARD_SINGLE' },
  )
}

/** A value as the vectors write it. */
function dump(value: Value): unknown {
  switch (value.kind) {
    case 'text':
      return { type: value.cased ? 'cased' : 'str', parts: partsOf(value.pattern) }
    case 'number':
      return { type: 'num', v: value.value }
    case 'time':
      return { type: 'num', v: value.than }
    case 'boolean':
      return { type: 'bool', v: value.value }
    case 'null':
      return { type: 'null' }
    case 'regex':
      return { type: 're', v: value.source, flags: value.flags.map((flag) => REGEX_FLAGS[flag]).sort() }
    case 'cidr':
      return { type: 'cidr', v: value.block }
    case 'compare':
      return { type: 'cmp', op: value.is.toUpperCase(), v: value.than }
    case 'exists':
      return { type: 'exists', v: value.expected }
    case 'reference':
      return { type: 'fieldref', v: value.field, starts: value.openEnd, ends: value.openStart }
    case 'any':
      return { type: 'or', v: value.values.map(dump) }
  }
}

function outcome({ key, value }: ModifierVector): unknown {
  try {
    const item = readItem(key, value)
    return { linking: item.join === 'and' ? 'ConditionAND' : 'ConditionOR', out: item.values.map(dump) }
  } catch (error) {
    return error instanceof AppError ? 'error' : error
  }
}

test.runIf(hasThreatData)(`modifiers expand as pySigma expands them${skippedNote}`, () => {
  const vectors = read('pysigma-modifier-vectors.json') as ModifierVector[]
  // pySigma does not know utf16le, Sigma 2.1 does: decision 0011
  const agreed = vectors.filter((vector) => !vector.key.includes('utf16le'))
  for (const vector of agreed) {
    const { linking, out } = vector
    expect(outcome(vector), `${vector.key}: ${JSON.stringify(vector.value)}`).toEqual(
      vector.error ? 'error' : { linking, out },
    )
  }
  expect(agreed.length).toBe(327)
})

test('utf16le is the specification name of wide', () => {
  expect(readItem('f|utf16le|base64offset|contains', 'whoami').values).toEqual(
    readItem('f|wide|base64offset|contains', 'whoami').values,
  )
})

function tree(expression: Expression): unknown {
  if (expression.kind === 'match') return expression.field
  if (expression.kind === 'nothing') return 'None'
  if (expression.kind === 'not') return ['not', tree(expression.part)]
  return [expression.kind, ...expression.parts.map(tree)]
}

test.runIf(hasThreatData)(`conditions are read as pySigma reads them${skippedNote}`, () => {
  const { detections, cases } = read('pysigma-condition-vectors.json') as {
    detections: Record<string, Record<string, unknown>>
    cases: { condition: string; tree?: unknown; error?: string }[]
  }
  const named = new Map(
    Object.entries(detections).map(([name, fields]): [string, Expression] => {
      const [field = '', value] = Object.entries(fields)[0] ?? []
      return [name, { kind: 'match', field, value: { kind: 'number', value: value as number } }]
    }),
  )
  for (const { condition, tree: expected, error } of cases) {
    const got = ((): unknown => {
      try {
        return tree(readCondition(condition, named))
      } catch (thrown) {
        return thrown instanceof AppError ? 'error' : thrown
      }
    })()
    expect(got, condition).toEqual(error ? 'error' : expected)
  }
  expect(cases.length).toBeGreaterThan(0)
})

test('a string that went through wildcards and back is written with its escapes', () => {
  expect(escapedText(['a*b', MANY])).toBe('a\\*b*')
})
