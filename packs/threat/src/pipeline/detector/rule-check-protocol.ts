import type { Text } from '@dengta/kernel'
import type { RuleSource } from './detector-protocol.ts'

/** What the thread that tries a rule set is started with. */
export interface RuleCheckData {
  readonly rules: RuleSource
  /** What it is at, for whoever ends it: a length (int32), and that many bytes of UTF-8. */
  readonly at: SharedArrayBuffer
}

const LENGTH_BYTES = 4
export const AT_BYTES = 1024

export function noteAt(at: SharedArrayBuffer, what: string): void {
  const bytes = Buffer.from(what).subarray(0, at.byteLength - LENGTH_BYTES)
  Buffer.from(at, LENGTH_BYTES).set(bytes)
  Atomics.store(new Int32Array(at, 0, 1), 0, bytes.length)
}

export function readAt(at: SharedArrayBuffer): string {
  return Buffer.from(at, LENGTH_BYTES, Atomics.load(new Int32Array(at, 0, 1), 0)).toString('utf8')
}

/** What the thread is at where that is no file. */
export const BEFORE_FILES = '<before files>'
export const ALL_FILES = '<all files>'

const PLACES: Readonly<Record<string, Text>> = {
  [BEFORE_FILES]: { en: 'the start, before the first file', zh: '开始处，尚未读取任何文件' },
  [ALL_FILES]: { en: 'all files together', zh: '汇总全部文件时' },
}

/** The same in words, or the path of the file. */
export const placeText = (at: string): Text => PLACES[at] ?? { en: at, zh: at }
