import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '@dengta/kernel'
import { houseRoot } from '@dengta/store'
import { describe, expect, test } from 'vitest'
import { parseDocument } from 'yaml'
import { decideG1 } from '../gate/decide-g1.ts'
import { recordOf } from '../gate/sample-records.fixture.ts'
import { readScenario } from './read-scenario.ts'
import { scenarioStatement } from './scenario.ts'

const sample = (name: string) => readFileSync(join(houseRoot(), 'programme', name, 'scenario.yaml'), 'utf8')
const NOX = sample('nox')

/** The sample with one field set otherwise; `undefined` removes it. */
function edited(path: readonly (string | number)[], value: unknown): string {
  const document = parseDocument(NOX)
  if (value === undefined) document.deleteIn(path)
  else document.setIn(path, document.createNode(value))
  return document.toString()
}

function failure(file: string): AppError {
  try {
    readScenario(file)
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
  throw new Error('the scenario was accepted')
}

describe('readScenario', () => {
  test.each(['nox', 'dga'])('the sample scenario %s passes G1', (name) => {
    const scenario = readScenario(sample(name))
    const { predicate } = scenarioStatement(scenario, 'f'.repeat(64))
    const at = '2026-11-22T08:00:00.000Z'
    const record = recordOf('scenario', { ...predicate, at, actor: scenario.owner }, 0)
    const { decision, reasons } = decideG1([record], scenario.id)
    expect(reasons.filter(({ met }) => met !== 'yes')).toEqual([])
    expect(decision).toBe('OPEN')
  })

  test('reads JSON as it reads YAML', () => {
    const scenario = readScenario(NOX)
    expect(readScenario(JSON.stringify(scenario))).toEqual(scenario)
  })

  test.each<[code: string, path: (string | number)[], value: unknown, says: RegExp]>([
    ['portfolio.field', ['painPoint', 'unit'], undefined, /^line \d+, painPoint\.unit: /],
    ['portfolio.field', ['painPoint', 'place', 'zh'], '', /^line \d+, painPoint\.place\.zh: /],
    ['portfolio.field', ['painPoint', 'baseline', 'value'], 'low', /^line \d+, painPoint\.baseline\.value: /],
    ['portfolio.field', ['owner'], 'The Plant', /^line \d+, owner: /],
    ['portfolio.field', ['requirement', 'criteria', 0, 'metric'], 'smape', /criteria\.0\.metric: .*r2/],
    [
      'portfolio.field',
      ['title', 'en'],
      'NOx \u202eslliks',
      /^line \d+, title\.en: holds a character that is not shown/,
    ],
    ['portfolio.field', ['industry'], 'power\u0000', /^line \d+, industry: holds a character/],
    ['portfolio.field', ['benefit'], 'great', /Unrecognized key: "benefit"/],
    [
      'portfolio.unit_differs',
      ['painPoint', 'baseline', 'unit'],
      'ppm',
      /the baseline is in ppm, the quantity in mg\/m3/,
    ],
    ['portfolio.direction_differs', ['requirement', 'criteria', 0, 'direction'], 'lower', /of r2, higher is better/],
    ['portfolio.floor_above_threshold', ['requirement', 'criteria', 0, 'worstGroupFloor'], 0.7, /stricter/],
  ])('%s at %j', (code, path, value, says) => {
    const error = failure(edited(path, value))
    expect(error.code).toBe(code)
    expect(error.message).toMatch(says)
    expect(error.text.zh).toMatch(/^第 \d+ 行，/)
  })

  test('an id stands once among the criteria', () => {
    const criteria = readScenario(NOX).requirement.criteria
    expect(failure(edited(['requirement', 'criteria'], [...criteria, ...criteria])).code).toBe(
      'portfolio.repeated_criterion',
    )
  })

  test('does not compare every key of a huge map with every other', () => {
    const many = Array.from({ length: 20_000 }, (_, i) => `k${i}: 1`).join('\n')
    const error = failure(many)
    expect(error.code).toBe('portfolio.not_yaml')
    expect(error.message).toMatch(/too many keys/)
  })

  test('says on which line the file stops being YAML', () => {
    const error = failure('id: a\ntitle: {en: "x\n')
    expect(error.code).toBe('portfolio.not_yaml')
    expect(error.details.line).toBe(3)
  })
})
