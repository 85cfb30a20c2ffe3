import { exportFile, keyId } from '@dengta/sdk'
import { expect, test } from 'vitest'
import { GOLDEN, GOLDEN_HOUSE } from '../../testing/golden-house.ts'
import { checkExport } from './check-export.ts'

const file = exportFile.parse(GOLDEN_HOUSE[`/records/${GOLDEN.record}/export`])
const fingerprint = keyId(file.trust.log)

test('a genuine export passes, and says that nobody vouched for its trust root', () => {
  expect(checkExport(file, '')).toMatchObject({ ok: true, pinned: false })
})

test('the fingerprint may be pasted in groups and in capitals', () => {
  const pasted = fingerprint.toUpperCase().replaceAll(/(.{4})/g, '$1 ')
  expect(checkExport(file, pasted)).toMatchObject({ ok: true, pinned: true })
})

test('another log key than the trusted one fails and is named', () => {
  const report = checkExport(file, '0'.repeat(64))
  expect(report).toMatchObject({ ok: false, pinned: false })
  expect(report.checks.at(-1)?.text.zh).toContain(fingerprint)
})

test('a changed signature fails', () => {
  const [first, ...rest] = file.records
  const forged = { ...first!, envelope: { ...first!.envelope, payload: rest[0]!.envelope.payload } }
  expect(checkExport({ ...file, records: [forged, ...rest] }, fingerprint).ok).toBe(false)
})
