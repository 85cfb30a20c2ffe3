import { epochMilliseconds } from '../normalise/epoch-milliseconds.ts'

/** Where events of the forms of the pack carry their time, the most exact first. */
const PATHS = [
  ['@timestamp'],
  ['TimeCreated'],
  ['Event', 'System', 'TimeCreated', 'SystemTime'],
  ['Event', 'System', 'TimeCreated', '#attributes', 'SystemTime'],
  ['eventTime'],
  ['UtcTime'],
  ['EventTime'],
  ['timestamp'],
  ['ts'],
  ['time'],
] as const
const ZONE = /(?:z|[-+]\d\d:?\d\d)$/i

/** Time of an event in milliseconds since 1970; undefined where it carries none that can be read. A time without a zone is UTC. */
export function eventTimeOf(event: unknown): number | undefined {
  for (const path of PATHS) {
    const time = readTime(valueAt(event, path))
    if (time !== undefined) return time
  }
  return undefined
}

function valueAt(event: unknown, path: readonly string[]): unknown {
  let value = event
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
    value = (value as Record<string, unknown>)[step]
  }
  return value
}

function readTime(value: unknown): number | undefined {
  if (typeof value === 'number') return fromNumber(value)
  if (typeof value !== 'string' || value === '') return undefined
  if (/^\d+(?:\.\d+)?$/.test(value)) return fromNumber(Number(value))
  const text = value.trim().replace(' ', 'T')
  const time = Date.parse(ZONE.test(text) ? text : `${text}Z`)
  return Number.isNaN(time) ? undefined : time
}

function fromNumber(value: number): number | undefined {
  if (!Number.isFinite(value) || value <= 0) return undefined
  return epochMilliseconds(value)
}
