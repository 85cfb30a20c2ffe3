import { keyId } from '@dengta/kernel'
import { describe, expect, test } from 'vitest'
import { recordIdOf } from '../statement/dsse.ts'
import { parseTrustRoot } from './export-form.ts'
import {
  evaluation,
  exportOf,
  isolation,
  participant,
  sampleRecord,
  sampleRecords,
  sampleSigner,
  sampleTrust,
  signRecord,
  submission,
  WITNESSES,
} from './sample-log.fixture.ts'
import { verifyExport } from './verify-export.ts'

const file = exportOf(sampleRecords(3))

/** Codes of the checks that failed. */
function faults(given: unknown, trust = sampleTrust): string[] {
  return verifyExport(given, { trust })
    .checks.filter((check) => !check.ok)
    .map((check) => check.code)
}

describe('a good export', () => {
  test('is accepted, with every check in plain words', () => {
    const report = verifyExport(file, { trust: sampleTrust })
    expect(report).toMatchObject({ ok: true, pinned: true, records: 11 })
    expect(report.checks.map(({ code, text }) => `${code}: ${text.en}`)).toEqual([
      'form: the file is an export of 11 records; its title is a label that nobody signed',
      `trust: the file is of the log log.example/house that you trust, key ${keyId(sampleTrust.log)}`,
      'checkpoint: the log log.example/house signed the checkpoint of 11 records',
      'witnesses: 2 of 2 witnesses cosigned the checkpoint, 2 are needed: witness.example/grid, witness.example/nuclear',
      'suites: all 11 records are signed by suites that this program verifies',
      'signatures: all 11 records carry a valid signature of their key',
      'statements: all 11 records are well-formed statements of a known kind',
      'digests: every result that a record quotes by digest is the result that it states',
      'actors: all 11 records are signed by the key that the house registered for their actor',
      'inclusion: all 11 records stand in the log at their place, under the checkpoint',
      'order: the records stand in the order of the log, each once',
      'basis: every record of this file that another rests on was logged before it',
    ])
  })

  test('is accepted as text, and says so when it names its own trust root', () => {
    const report = verifyExport(JSON.stringify(file, undefined, 2))
    expect(report).toMatchObject({ ok: true, pinned: false })
    expect(report.checks[1]?.text.en).toContain(`compare the key`)
    expect(report.checks[1]?.text.en).toContain(keyId(sampleTrust.log))
  })

  test('may hold a part of the log, with the participants of its records', () => {
    expect(faults(exportOf(sampleRecords(3), { leaves: [0, 1, 4, 7, 10] }))).toEqual([])
  })

  test('may be cosigned by more witnesses than the verifier knows', () => {
    const trust = { ...sampleTrust, witnesses: sampleTrust.witnesses.slice(1), threshold: 1 }
    expect(faults(file, trust)).toEqual([])
  })

  test('may rest on the log alone where the verifier asks for no witness, and says what that means', () => {
    const report = verifyExport(exportOf(sampleRecords(1), { cosigners: [] }), {
      trust: { ...sampleTrust, threshold: 0 },
    })
    expect(report.ok).toBe(true)
    expect(report.checks.find((check) => check.code === 'witnesses')?.text.en).toContain('the log alone vouches')
  })
})

describe('what is not an export', () => {
  const { title: _, ...untitled } = file
  const cases: readonly (readonly [string, unknown])[] = [
    ['nothing', undefined],
    ['broken JSON', '{"format":'],
    ['another format', { ...file, format: 'dengta-export/v2' }],
    ['a missing member', untitled],
    ['an unknown member', { ...file, note: 'x' }],
    ['an unknown member of an envelope', withEnvelope({ extra: 1 })],
    ['two signatures', withEnvelope({ signatures: [1, 2].map(() => file.records[0]!.envelope.signatures[0]) })],
    ['no records', { ...file, records: [] }],
    ['a threshold that no witnesses reach', { ...file, trust: { ...file.trust, threshold: 3 } }],
    ['one witness counted twice', { ...file, trust: { ...file.trust, witnesses: twice(file.trust.witnesses[0]!) } }],
  ]

  test.each(cases)('%s is refused by its form', (_name, given) => {
    expect(verifyExport(given)).toMatchObject({ ok: false, records: 0, checks: [{ code: 'form', ok: false }] })
  })

  test('very deep nesting does not throw', () => {
    expect(verifyExport(`${'['.repeat(200_000)}${']'.repeat(200_000)}`).ok).toBe(false)
  })

  function withEnvelope(change: object): unknown {
    return { ...file, records: file.records.map((one) => ({ ...one, envelope: { ...one.envelope, ...change } })) }
  }

  function twice<T extends { name: string }>(one: T): T[] {
    return [one, { ...one, name: `${one.name}-again` }]
  }
})

describe('head', () => {
  const records = sampleRecords(1)

  test('a log that is not the trusted one', () => {
    const trust = { ...sampleTrust, log: sampleSigner('impostor').publicKey }
    const forged = exportOf(records, { trust, logSigner: sampleSigner('impostor') })
    expect(verifyExport(forged).ok).toBe(true)
    expect(faults(forged)).toEqual(['trust', 'checkpoint', 'witnesses', 'inclusion'])
  })

  test('a fork that the log signed but no witness saw', () => {
    const fork = exportOf([...records.slice(0, 2), submission('another')], { cosigners: [] })
    expect(faults(fork)).toEqual(['witnesses'])
  })

  test('one witness too few', () => {
    expect(faults(exportOf(records, { cosigners: WITNESSES.slice(1) }))).toEqual(['witnesses'])
  })

  test('a line of a known witness that does not verify is not just left out', () => {
    const good = exportOf(records)
    const otherTree = exportOf(records.slice(0, 4))
    const [, ...lines] = otherTree.checkpoint.trimEnd().split('\n').slice(-3)
    const checkpoint = `${good.checkpoint.trimEnd().split('\n').slice(0, -2).join('\n')}\n${lines.join('\n')}\n`
    expect(faults({ ...good, checkpoint }, { ...sampleTrust, threshold: 0 })).toEqual(['witnesses'])
  })

  test('a trust root of the verifier that is itself malformed', () => {
    const trust = { ...sampleTrust, threshold: -1 }
    expect(faults(file, trust)).toContain('trust')
    expect(() => parseTrustRoot(trust)).toThrow(expect.objectContaining({ code: 'evidence.trust_malformed' }))
    expect(parseTrustRoot(JSON.parse(JSON.stringify(sampleTrust)))).toEqual(sampleTrust)
  })
})

describe('records', () => {
  const [house, vendor] = [participant('house'), participant('vendor')]

  test('the first failing record is named', () => {
    const edited = { ...file, records: file.records.with(5, { ...file.records[5]!, proof: [] }) }
    const check = verifyExport(edited).checks.find((one) => one.code === 'inclusion')
    const id = recordIdOf(file.records[5]!.envelope).slice(0, 12)
    expect(check).toEqual({
      code: 'inclusion',
      ok: false,
      text: {
        en: `10 of 11 records stand in the log under the checkpoint, not record 5 (${id}); do not rely on it`,
        zh: `11 条凭证中有 10 条被检查点涵盖，凭证 5 (${id})没有，不可采信`,
      },
    })
  })

  test.each([
    ['an actor whose participant record is left out', exportOf([house, vendor, submission('a')], { leaves: [0, 2] })],
    ['an export without the house', exportOf([house, vendor, submission('a')], { leaves: [1, 2] })],
    ['a key that nobody registered', exportOf([house, submission('a')])],
    ['a participant who registers another', exportOf([house, vendor, participant('ally', 'vendor')])],
    ['a stranger who registers itself', exportOf([house, participant('stranger', 'stranger')])],
    ['a second house', exportOf([house, vendor, secondHouse()])],
  ])('%s does not bind a key', (_name, given) => {
    expect(faults(given)).toEqual(['actors'])
  })

  test('a participant changes its key with the old one, and the old one ends', () => {
    const next = sampleSigner('vendor, next')
    const predicate = { participant: 'vendor', name: 'vendor', roles: ['developer' as const], key: next.publicKey }
    const change = sampleRecord({ kind: 'participant', actor: 'vendor', predicate })
    const { envelope } = submission('b')
    const underNext = signRecord(JSON.parse(atob(envelope.payload)), next)
    expect(faults(exportOf([house, vendor, submission('a'), change, underNext]))).toEqual([])
    expect(faults(exportOf([house, vendor, change, submission('a')]))).toEqual(['actors'])
  })

  test('a result that does not have the digest that is quoted', () => {
    const before = { submission: submission('a'), isolation: isolation('a') }
    const statement = JSON.parse(atob(evaluation('a', before).envelope.payload))
    statement.predicate.result.score.value = 0.99
    const edited = signRecord(statement, sampleSigner('house'))
    expect(faults(exportOf([house, vendor, before.submission, before.isolation, edited]))).toEqual(['digests'])
  })

  test('a premise that was logged after what rests on it', () => {
    const before = { submission: submission('a'), isolation: isolation('a') }
    const scored = evaluation('a', before)
    expect(faults(exportOf([house, vendor, before.submission, scored, before.isolation]))).toEqual(['basis'])
  })

  test('one record twice in the log', () => {
    expect(faults(exportOf([house, vendor, submission('a'), submission('a')]))).toEqual(['order'])
  })

  test('records out of order, or twice in the file', () => {
    const swapped = file.records.with(3, file.records[4]!).with(4, file.records[3]!)
    expect(faults({ ...file, records: swapped })).toContain('order')
    expect(faults({ ...file, records: [...file.records, file.records[10]!] })).toEqual(['order'])
  })

  test('a payload that is not canonical, and one of an unknown kind', () => {
    const statement = JSON.parse(atob(submission('a').envelope.payload))
    const unknown = signRecord({ ...statement, predicateType: 'urn:dengta:record:gift:v1' }, sampleSigner('vendor'))
    expect(faults(exportOf([house, vendor, unknown]))).toEqual(['statements', 'digests', 'actors'])
  })
})

function secondHouse() {
  const impostor = sampleSigner('impostor')
  const predicate = { participant: 'house', name: 'house', roles: [], key: impostor.publicKey }
  const { envelope } = sampleRecord({ kind: 'participant', actor: 'house', predicate })
  return signRecord(JSON.parse(atob(envelope.payload)), impostor)
}
