import type { Text } from '@dengta/kernel'
import type { ExportFile, TrustRoot, VerificationCheck, VerificationReport } from '../export-file.ts'
import type { Checkpoint } from '../note/checkpoint.ts'
import { makeCheck } from './check.ts'
import { readExport } from './export-form.ts'
import { checkHead } from './head-checks.ts'
import { type ReadRecord, readRecord } from './read-record.ts'
import { RECORD_RULES, type RecordRule } from './record-rules.ts'

const FORM: Readonly<Record<'passed' | 'failed', Text>> = {
  passed: {
    en: 'the file is an export of {total} records; its title is a label that nobody signed',
    zh: '文件格式正确，含 {total} 条凭证；标题只是说明文字，未经签名',
  },
  failed: {
    en: 'the file is not an export of records (wrong at {at}); ask for the file again',
    zh: '文件不是有效的凭证导出文件（问题在 {at}）；请重新索取',
  },
}

export interface VerifyExportOptions {
  /** Handed over once, by another way than the file. Without it the file vouches for itself: `pinned` is false. */
  readonly trust?: TrustRoot
}

/** Checks an export (its text, or the parsed JSON) without any server. Never throws; each check is one line in plain words. */
export function verifyExport(file: unknown, options: VerifyExportOptions = {}): VerificationReport {
  const pinned = options.trust !== undefined
  const read = readExport(file)
  if (!read.ok)
    return { ok: false, pinned, records: 0, checks: [makeCheck('form', false, FORM.failed, { at: read.at })] }
  const checks = checkAll(read.file, options.trust)
  return { ok: checks.every((check) => check.ok), pinned, records: read.file.records.length, checks }
}

function checkAll(file: ExportFile, trust: TrustRoot | undefined): readonly VerificationCheck[] {
  const form = makeCheck('form', true, FORM.passed, { total: file.records.length })
  const { head, checks } = checkHead(file, trust)
  const records = file.records.map(readRecord)
  return [form, ...checks, ...RECORD_RULES.map((rule) => checkRecords(rule, records, head))]
}

function checkRecords(
  rule: RecordRule,
  records: readonly ReadRecord[],
  head: Checkpoint | undefined,
): VerificationCheck {
  const holds = rule.holds(records, head)
  const failing = records.filter((record) => !holds(record))
  const [first] = failing
  const counts = { total: records.length, count: records.length - failing.length }
  if (first === undefined) return makeCheck(rule.code, true, rule.passed, counts)
  const text = {
    en: rule.failed.en.replace('{first}', nameOf(first, 'record')),
    zh: rule.failed.zh.replace('{first}', nameOf(first, '凭证')),
  }
  return makeCheck(rule.code, false, text, counts)
}

/** Leaf number and the first digits of the id: enough to find the record in the file and in the log. */
function nameOf({ exported, id }: ReadRecord, word: string): string {
  return `${word} ${exported.index} (${id?.slice(0, 12) ?? '?'})`
}
