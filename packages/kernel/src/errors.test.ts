import { describe, expect, test } from 'vitest'
import { AppError, defineErrors, toAppError } from './errors.ts'
import { fillText } from './text.ts'

const errors = defineErrors('table', {
  missing_column: {
    kind: 'invalid',
    en: 'the table has no column {column}; add it on line {line}',
    zh: '表中没有列 {column}；请在第 {line} 行补上',
  },
  busy: { kind: 'unavailable', en: 'try again', zh: '请重试' },
})

describe('defineErrors', () => {
  test('an error carries code, kind, both texts and the cause', () => {
    const cause = new Error('below')
    const error = errors.missing_column({ column: 'NOX', line: 3 }, cause)
    expect(error).toBeInstanceOf(AppError)
    expect(error).toMatchObject({
      name: 'AppError',
      code: 'table.missing_column',
      kind: 'invalid',
      message: 'the table has no column NOX; add it on line 3',
      text: { zh: '表中没有列 NOX；请在第 3 行补上' },
      details: { column: 'NOX', line: 3 },
      cause,
    })
  })

  test('a word that is a text fills each language with its own; details keep the English one', () => {
    const error = errors.missing_column({ column: { en: 'of the day', zh: '日期' }, line: 3 })
    expect(error.text).toEqual({
      en: 'the table has no column of the day; add it on line 3',
      zh: '表中没有列 日期；请在第 3 行补上',
    })
    expect(error.details).toEqual({ column: 'of the day', line: 3 })
  })

  test('an error without places needs no fillings', () => {
    expect(errors.busy()).toMatchObject({ code: 'table.busy', message: 'try again', details: {} })
  })

  test('the catalogue lists every code', () => {
    expect([...errors.catalogue.keys()]).toEqual(['table.missing_column', 'table.busy'])
    expect(errors.catalogue.get('table.busy')).toEqual({ kind: 'unavailable', en: 'try again', zh: '请重试' })
  })

  test('the compiler wants every place filled', () => {
    // @ts-expect-error `line` is missing
    const error = errors.missing_column({ column: 'NOX' })
    expect(error.message).toBe('the table has no column NOX; add it on line {line}')
  })
})

describe('toAppError', () => {
  test('leaves our own errors as they are', () => {
    const error = errors.busy()
    expect(toAppError(error)).toBe(error)
  })

  test.each([new Error('disk'), 'text', undefined])('keeps %j as the cause, and out of the text', (thrown) => {
    const error = toAppError(thrown)
    expect(error).toMatchObject({ kind: 'unavailable', code: 'house.unexpected', cause: thrown })
    expect(error.text.en).not.toContain('disk')
  })
})

test('a place without a filling stays to be seen; a filling is not filled again', () => {
  expect(fillText({ en: '{a} {b}', zh: '{b}' }, { a: '{b}', b: 0 })).toEqual({ en: '{b} 0', zh: '0' })
  expect(fillText({ en: '{toString}', zh: '{c}' })).toEqual({ en: '{toString}', zh: '{c}' })
})
