import { createHash } from 'node:crypto'
import type { Scalar } from '../normalise/leaves.ts'
import type { FieldReader } from './routes.ts'

/** A value longer than this is kept as its beginning and its digest, so that no event can fill the memory. */
const LONGEST = 512
const KEPT = 128

/** A value as text; undefined for null and for what is absent. */
export function textOf(value: Scalar | undefined): string | undefined {
  if (value === undefined || value === null) return undefined
  const text = String(value)
  return text.length <= LONGEST ? text : `${text.slice(0, KEPT)}…sha256:${digest(text)}`
}

/** One text for the values of several fields, which `partsOf` takes apart again. Undefined where one is absent. */
export function keyOf(read: FieldReader, fields: readonly string[]): string | undefined {
  if (fields.length === 1) return textOf(read(fields[0] as string))
  let key = ''
  for (const field of fields) {
    const text = textOf(read(field))
    if (text === undefined) return undefined
    key += `${text.length}:${text}`
  }
  return key
}

/** The values of a key of `keyOf` again. */
export function partsOf(key: string, fields: number): string[] {
  if (fields === 1) return [key]
  const parts: string[] = []
  for (let at = 0; parts.length < fields; ) {
    const colon = key.indexOf(':', at)
    const end = colon + 1 + Number(key.slice(at, colon))
    parts.push(key.slice(colon + 1, end))
    at = end
  }
  return parts
}

const NUMBER = /^\s*-?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d+)?\s*$/
/** Beyond this a sum of many could leave the range of doubles. */
const LARGEST = 2 ** 900

/** A value as a number to add up; undefined for what is none, and beyond 2^900. */
export function numberOf(value: Scalar | undefined): number | undefined {
  const number = typeof value === 'string' && NUMBER.test(value) ? Number(value) : value
  return typeof number === 'number' && Math.abs(number) <= LARGEST ? number : undefined
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex')
