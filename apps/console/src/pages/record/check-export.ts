import { type ExportFile, fillText, keyId, type VerificationReport, verifyExport } from '@dengta/sdk'
import { WORDS } from '../../words/words.ts'

/**
 * Verifies an export. With a fingerprint, one more check compares the log key with the one the reader trusts;
 * without it the file vouches for itself and the report says so.
 */
export function checkExport(file: ExportFile, fingerprint: string): VerificationReport {
  const report = verifyExport(file)
  const trusted = fingerprint.replaceAll(/[\s:]/g, '').toLowerCase()
  if (trusted === '') return report
  const actual = keyId(file.trust.log)
  const ok = actual === trusted
  const text = ok ? WORDS['record.pinSame'] : fillText(WORDS['record.pinOther'], { fingerprint: actual })
  return { ...report, ok: report.ok && ok, pinned: ok, checks: [...report.checks, { code: 'pin', ok, text }] }
}
