import { describe, expect, test } from 'vitest'
import { parseDocument } from 'yaml'
import { definitionDigest, readDefinition } from './read-definition.ts'
import { SAMPLE_YAML } from './sample-definition.ts'

/** The sample with one field set otherwise; `undefined` removes it. */
function edited(path: readonly (string | number)[], value: unknown): string {
  const document = parseDocument(SAMPLE_YAML)
  if (value === undefined) document.deleteIn(path)
  else document.setIn(path, document.createNode(value))
  return document.toString()
}

function failure(file: string): { code: string; message: string; zh: string; line: unknown } {
  try {
    readDefinition(file)
  } catch (error) {
    const { code, message, text, details } = error as never as {
      code: string
      message: string
      text: { zh: string }
      details: { line: number }
    }
    return { code, message, zh: text.zh, line: details.line }
  }
  throw new Error('the definition was accepted')
}

describe('readDefinition', () => {
  test('reads YAML and JSON alike, and their digest does not depend on layout', () => {
    const fromYaml = readDefinition(SAMPLE_YAML)
    const fromJson = readDefinition(JSON.stringify(fromYaml, undefined, 3))
    expect(fromJson).toEqual(fromYaml)
    expect(definitionDigest(fromJson)).toBe(definitionDigest(fromYaml))
    expect(definitionDigest({ ...fromYaml, queryBudget: 6 })).not.toBe(definitionDigest(fromYaml))
  })

  test('says on which line the file stops being YAML', () => {
    expect(failure('benchmark: a\ntitle: {en: "x\n')).toMatchObject({ code: 'benchmark.not_yaml', line: 3 })
    expect(failure('a: 1\na: 2\n')).toMatchObject({ code: 'benchmark.not_yaml', line: 2 })
  })

  test('does not unfold an alias bomb', () => {
    const layers = Array.from({ length: 12 }, (_, i) => `l${i + 1}: &l${i + 1} [${`*l${i}, `.repeat(9)}]`)
    expect(failure(['l0: &l0 [x]', ...layers].join('\n')).code).toBe('benchmark.not_yaml')
  })

  test('does not compare every key of a huge map with every other', () => {
    const many = Array.from({ length: 20_000 }, (_, i) => `k${i}: 1`).join('\n')
    expect(failure(many)).toMatchObject({ code: 'benchmark.not_yaml', message: expect.stringMatching(/too many keys/) })
  })

  test('names line and field of what the schema refuses, in both languages', () => {
    expect(failure(edited(['interval', 'level'], 2))).toMatchObject({
      code: 'benchmark.field',
      message: expect.stringMatching(/^line \d+, interval\.level: Too big/),
      zh: expect.stringMatching(/^第 \d+ 行，interval\.level：数值过大/),
    })
    expect(failure(edited(['title', 'en'], 'a \u202eb'))).toMatchObject({
      code: 'benchmark.field',
      zh: expect.stringMatching(/^第 \d+ 行，title\.en：含有不可见字符/),
    })
    expect(failure(edited(['metrik'], 'r2')).message).toMatch(/Unrecognized key: "metrik"/)
    expect(failure(edited(['metric'], undefined)).message).toMatch(/, metric: /)
    expect(failure('')).toMatchObject({ code: 'benchmark.field', line: 1 })
  })

  test.each<[code: string, path: (string | number)[], value: unknown]>([
    ['repeated_column', ['columns', 1, 'name'], 'year'],
    ['target_count', ['columns', 3, 'use'], 'feature'],
    ['target_count', ['columns', 1, 'use'], 'target'],
    [
      'no_feature',
      ['columns'],
      [
        { name: 'y', unit: '1', kind: 'number', use: 'target' },
        { name: 'year', unit: '1', kind: 'number', use: 'period' },
      ],
    ],
    ['feature_not_number', ['columns', 1], { name: 'a', unit: '1', kind: 'category', use: 'feature' }],
    ['target_kind', ['task'], 'classification'],
    ['target_without_values', ['columns', 3], { name: 'y', unit: '1', kind: 'category', use: 'target' }],
    ['range_order', ['columns', 1, 'range'], [5, 5]],
    ['range_on_category', ['columns', 4], { name: 'c', unit: '1', kind: 'category', use: 'ignored', range: [0, 1] }],
    ['values_on_number', ['columns', 1, 'values'], ['a', 'b']],
    ['repeated_value', ['columns', 4], { name: 'c', unit: '1', kind: 'category', use: 'part', values: ['a', 'a'] }],
    ['repeated_use', ['columns', 4], { name: 'c', unit: '1', kind: 'number', use: 'period' }],
    ['split_column', ['split', 'column'], 'month'],
    ['split_by_target', ['split', 'column'], 'y'],
    ['split_column_kind', ['split', 'column'], 'a'],
    ['split_column_kind', ['split'], { kind: 'published', column: 'year', hidden: 'test' }],
    ['metric_of_other_task', ['metric'], 'macro-f1'],
    ['metric_of_other_task', ['guards'], ['mae', 'accuracy']],
    ['reference_without_time', ['split'], { kind: 'random', hiddenShare: 0.3, salt: 'long enough' }],
    ['reference_reveals', ['hidden'], 'target'],
    ['predictions_without_features', ['forms'], ['linear', 'predictions']],
  ])('refuses %s at %j', (code, path, value) => {
    const base = code === 'target_without_values' ? edited(['task'], 'classification') : SAMPLE_YAML
    const document = parseDocument(base)
    document.setIn(path, document.createNode(value))
    const { code: got, message, line } = failure(document.toString())
    expect(got).toBe(`benchmark.${code}`)
    expect(line).toBeGreaterThan(1)
    expect(message).not.toMatch(/\{\w+\}/)
  })

  test('refuses a published split by a label that the column does not list', () => {
    const document = parseDocument(edited(['reference'], undefined))
    document.setIn(['columns', 4], { name: 'p', unit: '1', kind: 'category', use: 'part', values: ['train', 'test'] })
    document.setIn(['split'], { kind: 'published', column: 'p', hidden: 'exam' })
    expect(failure(document.toString()).code).toBe('benchmark.split_label')
  })
})
