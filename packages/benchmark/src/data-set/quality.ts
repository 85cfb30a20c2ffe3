import type { QualityReport } from '@dengta/sdk'
import { type FaultCount, type FaultLog, isNote } from './fault.ts'

export interface Quality {
  readonly report: QualityReport
  /** What the public record tells: code, column and number. */
  readonly counts: readonly FaultCount[]
}

/** Fails on any fault that is more than a note. Pure; the report names rows and columns, never values. */
export function judgeQuality(rowsChecked: number, faults: FaultLog): Quality {
  const counts = faults.counts()
  const kept = faults.kept()
  const all = counts.reduce((sum, { count }) => sum + count, 0)
  const verdict = counts.every(({ code }) => isNote(code)) ? 'pass' : 'fail'
  return { counts, report: { verdict, rowsChecked, faults: [...kept], more: all - kept.length } }
}
