const LONE_SURROGATE = /\p{Surrogate}/u

/** A value that JSON can carry. `undefined` members are left out, as JSON.stringify does. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined }

/**
 * Canonical JSON (RFC 8785): one text per value, so that one value has one hash.
 * Throws TypeError on what JSON cannot carry: NaN, infinities, lone surrogates, holes, functions, dates and other classes.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return canonicalNumber(value)
  if (typeof value === 'string') return canonicalString(value)
  if (Array.isArray(value)) return `[${Array.from(value, canonicalJson).join(',')}]`
  if (isPlainObject(value)) return canonicalObject(value)
  throw new TypeError(`canonical JSON cannot carry a ${value?.constructor?.name ?? typeof value}`)
}

/** Of this realm or another: its prototype, if any, stands at the end of the chain. */
function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

function canonicalNumber(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError(`canonical JSON cannot carry ${value}`)
  return JSON.stringify(value)
}

function canonicalString(value: string): string {
  if (LONE_SURROGATE.test(value)) throw new TypeError('canonical JSON cannot carry a lone surrogate')
  return JSON.stringify(value)
}

/** RFC 8785 §3.2.3: members sorted by UTF-16 code units, which is what `<` on strings compares. */
function canonicalObject(value: Record<string, unknown>): string {
  const keys = Object.keys(value).filter((key) => value[key] !== undefined)
  keys.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  return `{${keys.map((key) => `${canonicalString(key)}:${canonicalJson(value[key])}`).join(',')}}`
}
