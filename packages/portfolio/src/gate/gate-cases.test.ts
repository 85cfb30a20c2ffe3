import { readFileSync } from 'node:fs'
import type { LoggedRecord, Predicate, RecordKind } from '@dengta/evidence'
import { canonicalJson } from '@dengta/kernel'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { GateDecision } from './gate.ts'
import { decideGate } from './gates-of-scenario.ts'
import type { Records } from './records.ts'
import { digestOf, passingLog, sampleResult } from './sample-records.fixture.ts'

interface GateCase {
  readonly name: string
  readonly without?: readonly RecordKind[]
  readonly set?: Partial<Record<RecordKind, Record<string, unknown>>>
  readonly result?: Record<string, unknown>
  readonly decisions: Record<string, string>
  readonly open: Record<string, readonly string[]>
}

const cases: GateCase[] = parse(readFileSync(new URL('gate.case.yaml', import.meta.url), 'utf8'))

/** Sets the field at a dotted path of a copy; null removes it. */
function changed(value: unknown, path: readonly string[], to: unknown): unknown {
  const [step, ...rest] = path
  if (step === undefined) return to === null ? undefined : to
  const copy = Array.isArray(value) ? [...value] : { ...(value as object) }
  const fields = copy as Record<string, unknown>
  fields[step] = changed(fields[step], rest, to)
  return copy
}

function withPredicate(record: LoggedRecord, fields: Record<string, unknown>): LoggedRecord {
  const predicate = Object.entries(fields).reduce<unknown>(
    (value, [path, to]) => changed(value, path.split('.'), to),
    record.statement.predicate,
  ) as Predicate<RecordKind>
  return { ...record, statement: { ...record.statement, predicate } }
}

/** A changed result, with the digests that the house would have written along with it. */
function rescored(fields: Record<string, unknown>): Partial<Record<RecordKind, Record<string, unknown>>> {
  const result = Object.entries(fields).reduce<unknown>((value, [path, to]) => changed(value, [path], to), sampleResult)
  const digest = digestOf(canonicalJson(result))
  return { evaluation: { result, resultDigest: digest }, replay: { expected: digest, got: digest } }
}

function recordsOf({ without = [], set = {}, result }: GateCase): Records {
  const changes = result ? { ...set, ...rescored(result) } : set
  return passingLog()
    .records.filter(({ kind }) => !without.includes(kind))
    .map((record) => withPredicate(record, changes[record.kind] ?? {}))
}

const abouts = { G1: 'nox', G2: 'nox-forward', G3: 'sub_1' } as const

function unmet(decisions: readonly GateDecision[]): Record<string, readonly string[]> {
  const open = decisions.map(({ gate, reasons }): [string, string[]] => [
    gate,
    reasons.filter(({ met }) => met !== 'yes').map(({ code, met }) => `${code} ${met}`),
  ])
  return Object.fromEntries(open.filter(([, reasons]) => reasons.length > 0))
}

describe('gates', () => {
  test.each(cases)('$name', (given) => {
    const records = recordsOf(given)
    const decisions = Object.entries(abouts).map(([gate, about]) =>
      decideGate(records, 'nox', { gate: gate as keyof typeof abouts, about }),
    )
    expect({
      decisions: Object.fromEntries(decisions.map(({ gate, decision }) => [gate, decision])),
      open: unmet(decisions),
    }).toEqual({ decisions: given.decisions, open: given.open })
    for (const { text } of decisions.flatMap(({ reasons }) => reasons)) {
      expect(`${text.en}${text.zh}`).not.toMatch(/undefined|NaN|\[object|\{\w+\}/)
      expect(text.zh).toMatch(/\p{Script=Han}/u)
    }
  })
})
