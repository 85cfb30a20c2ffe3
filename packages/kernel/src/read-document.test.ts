import { expect, test } from 'vitest'
import { z } from 'zod'
import { defineErrors } from './errors.ts'
import { readDocument } from './read-document.ts'

const errors = defineErrors('sample', {
  not_yaml: { kind: 'invalid', en: 'line {line}: {problem}', zh: '第 {line} 行：{problem}' },
  field: { kind: 'invalid', en: 'line {line}, {path}: {problem}', zh: '第 {line} 行 {path}：{problemZh}{problem}' },
})
const schema = z.strictObject({ name: z.string(), parts: z.array(z.strictObject({ size: z.number().min(1) })) })
const read = (text: string) => readDocument(text, schema, errors)

test('YAML and JSON read alike, and a field is found again by its line', () => {
  const { value, placeOf } = read('name: a\nparts:\n  - size: 2\n  - size: 3\n')
  expect(value).toEqual(read('{"name":"a","parts":[{"size":2},{"size":3}]}').value)
  expect(placeOf(['parts', 1, 'size'])).toEqual({ path: 'parts.1.size', line: 4 })
  expect(placeOf(['parts', 1, 'absent'])).toEqual({ path: 'parts.1.absent', line: 4 })
})

test.each([
  ['name: [', 'sample.not_yaml', 1],
  ['name: a\nname: b\nparts: []', 'sample.not_yaml', 2],
  ['name: a\nparts: []\n---\nname: b\nparts: []', 'sample.not_yaml', 3],
  ['name: a\nparts:\n  - size: 0\n', 'sample.field', 3],
  ['name: a\nparts: []\nmore: 1\n', 'sample.field', 1],
  ['', 'sample.field', 1],
])('%j is refused with %s on line %i', (text, code, line) => {
  expect(() => read(text)).toThrow(expect.objectContaining({ code, details: expect.objectContaining({ line }) }))
})

test('a file of many small maps is read: comparisons are counted against its length', () => {
  const parts = Array.from({ length: 20_000 }, (_, i) => ({ [`a${i}`]: 1, b: 2, c: 3, d: 4, e: 5 }))
  const open = z.looseObject({ parts: z.array(z.record(z.string(), z.number())) })
  expect(readDocument(JSON.stringify({ parts }), open, errors).value.parts).toHaveLength(20_000)
})

test.each([
  ['size: x', 'size', 'expected number'],
  ['size: [1, x]', 'size.1', 'expected number'],
  ['other: 1', 'size', 'received undefined'],
])('of a value of several forms, %j names what the nearest form has against it', (text, path, problem) => {
  const either = z.object({ size: z.union([z.number(), z.array(z.number())]) })
  expect(() => readDocument(text, either, errors)).toThrow(
    expect.objectContaining({
      code: 'sample.field',
      details: expect.objectContaining({ path, problem: expect.stringContaining(problem) }),
    }),
  )
})

test.each(['[', '{a: ', '- ', '? '])('a file of %j within itself is refused, and ends no process', (opening) => {
  const began = performance.now()
  expect(() => read(`name: a\nparts:\n  ${opening.repeat(250_000)}`)).toThrow(
    expect.objectContaining({
      code: 'sample.not_yaml',
      details: { line: 3, problem: expect.stringContaining('nested more than 100 levels deep at line 3') },
    }),
  )
  expect(performance.now() - began).toBeLessThan(2000)
})

test('aliases that unfold without end and maps of nothing but keys are refused at once', () => {
  const bomb = Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}, *a${i}]`)
  const keys = Array.from({ length: 50_000 }, (_, i) => `k${i}: 1`)
  const began = performance.now()
  expect(() => read(['a0: &a0 [1]', ...bomb].join('\n'))).toThrow(expect.objectContaining({ code: 'sample.not_yaml' }))
  expect(() => read(keys.join('\n'))).toThrow(expect.objectContaining({ code: 'sample.not_yaml' }))
  expect(performance.now() - began).toBeLessThan(5000)
})
