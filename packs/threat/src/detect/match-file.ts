import type { Matcher } from '../match/matcher.ts'
import type { ScanFault } from '../match/spans.ts'
import type { Rule } from '../rule/rule.ts'
import { type FileFault, readEventFile } from './event-file.ts'
import { splitLines } from './split-lines.ts'

/** An event for which at least one rule holds. */
export interface MatchedEvent {
  /** 1-based. */
  readonly line: number
  readonly rules: readonly Rule[]
  /** The line as it stands in the file. */
  readonly text: string
}

export interface UnreadableLine {
  readonly file: string
  /** 1-based. */
  readonly line: number
  readonly fault: ScanFault | FileFault | 'too_long'
}

/** Events read since the last report, and their bytes unpacked. */
export interface ReadSoFar {
  readonly events: number
  /** Events of a form that no mapping knows, and the first of them. */
  readonly unmapped: number
  readonly firstUnmapped?: UnmappedLine
  readonly bytes: number
}

export interface UnmappedLine {
  /** 1-based. */
  readonly line: number
  /** Names of its fields, the first of them. */
  readonly fields: readonly string[]
}

const SHOWN_FIELDS = 8

/** Matches every event of an event file in order; few match, so only those are handed on. Faults of a part come with the line behind it. */
export async function* matchFile(
  file: string,
  matcher: Matcher,
): AsyncGenerator<MatchedEvent | UnreadableLine | ReadSoFar> {
  let line = 0
  const faults: FileFault[] = []
  const lines = readEventFile(file, { onFault: (fault) => faults.push(fault) })
  for await (const { bytes, tooLong } of splitLines(lines)) {
    for (const fault of faults.splice(0)) yield { file, line: line + 1, fault }
    if (tooLong > 0) {
      line += 1
      yield { file, line, fault: 'too_long' }
    }
    let events = 0
    let unmapped = 0
    let firstUnmapped: UnmappedLine | undefined
    let to = bytes.indexOf(10)
    for (let from = 0; to >= 0; from = to + 1, to = bytes.indexOf(10, from)) {
      line += 1
      if (isBlank(bytes, from, to)) continue
      const rules: Rule[] = []
      const outcome = matcher.match(bytes, from, to, (rule) => rules.push(rule))
      if ('fault' in outcome) yield { file, line, fault: outcome.fault }
      else {
        events += 1
        if (outcome.form === undefined) {
          unmapped += 1
          firstUnmapped ??= { line, fields: fieldsOf(textOf(bytes, from, to)) }
        }
      }
      if (rules.length > 0) yield { line, rules, text: textOf(bytes, from, to) }
    }
    yield { events, unmapped, ...(firstUnmapped && { firstUnmapped }), bytes: bytes.length }
  }
  for (const fault of faults) yield { file, line: line + 1, fault }
}

const fieldsOf = (text: string): string[] => Object.keys(JSON.parse(text) as object).slice(0, SHOWN_FIELDS)

const textOf = (bytes: Uint8Array, from: number, to: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('utf8')

function isBlank(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i += 1) if (bytes[i] !== 32 && bytes[i] !== 13 && bytes[i] !== 9) return false
  return true
}
