import { base64, canonicalJson, concatBytes, fromHex, type Signer, sha256, sha256Hex, utf8 } from '@dengta/kernel'
import { ed25519 } from '@noble/curves/ed25519.js'
import type { ExportFile, TrustRoot } from '../export-file.ts'
import { leafHash } from '../merkle/tree-hash.ts'
import { appendNodes, hashesAt, rootFrom, type StoredNode } from '../merkle/tree-nodes.ts'
import { inclusionProof } from '../merkle/tree-proof.ts'
import { signCheckpoint } from '../note/checkpoint.ts'
import { cosign } from '../note/cosignature.ts'
import type { Predicate, RecordKind } from '../predicates/index.ts'
import type { Envelope, Statement } from '../record.ts'
import { recordIdOf, signEnvelope } from '../statement/dsse.ts'
import { logEntry } from '../statement/log-entry.ts'
import { makeStatement } from '../statement/statement.ts'

export const ORIGIN = 'log.example/house'
export const WITNESSES = ['witness.example/grid', 'witness.example/nuclear'] as const
const TIME = 1_760_000_000

/** A signer whose key follows from its name: the same sample on every machine. */
export function sampleSigner(name: string): Signer {
  const secret = sha256(utf8(name))
  const spki = concatBytes(fromHex('302a300506032b6570032100'), ed25519.getPublicKey(secret))
  return {
    publicKey: { algorithm: 'ed25519', spki: base64(spki) },
    sign: (data) => ed25519.sign(data, secret),
  }
}

export const sampleTrust: TrustRoot = {
  origin: ORIGIN,
  log: sampleSigner('log').publicKey,
  witnesses: WITNESSES.map((name) => ({ name, key: sampleSigner(name).publicKey })),
  threshold: WITNESSES.length,
}

export interface SignedRecord {
  readonly envelope: Envelope
  readonly key: Signer['publicKey']
}

export function signRecord(statement: Statement, signer: Signer): SignedRecord {
  return { envelope: signEnvelope(statement, signer), key: signer.publicKey }
}

export interface SampleExportOptions {
  readonly trust?: TrustRoot
  readonly logSigner?: Signer
  readonly cosigners?: readonly string[]
  /** Leaves to export; all where absent. */
  readonly leaves?: readonly number[]
}

/** Puts records into a log of its own and exports them under one checkpoint. */
export function exportOf(records: readonly SignedRecord[], options: SampleExportOptions = {}): ExportFile {
  const { trust = sampleTrust, logSigner = sampleSigner('log'), cosigners = WITNESSES } = options
  const size = records.length
  const hashAt = hashesAt(storedNodes(records))
  const note = signCheckpoint({ origin: trust.origin, size, root: rootFrom(size, hashAt) }, logSigner)
  const text = note.slice(0, note.lastIndexOf('\n\n') + 1)
  const lines = cosigners.map((name) => cosign(text, { name, signer: sampleSigner(name), time: TIME }))
  const leaves = options.leaves ?? records.map((_, index) => index)
  return {
    format: 'dengta-export/v1',
    title: 'sample',
    checkpoint: note + lines.join(''),
    trust,
    records: leaves.map((index) => ({
      index,
      ...records[index]!,
      proof: inclusionProof(size, index, hashAt).map(base64),
    })),
  }
}

function storedNodes(records: readonly SignedRecord[]): StoredNode[] {
  const nodes = new Map<string, StoredNode>()
  const hashAt = (level: number, index: number) => nodes.get(`${level}/${index}`)!.hash
  records.forEach(({ envelope, key }, size) => {
    for (const node of appendNodes(size, leafHash(logEntry(envelope, key)), hashAt))
      nodes.set(`${node.level}/${node.index}`, node)
  })
  return [...nodes.values()]
}

const digestOf = (name: string) => sha256Hex(utf8(name))
const at = '2026-03-01T08:00:00Z'

interface Draft<K extends RecordKind> {
  readonly kind: K
  readonly actor: string
  readonly basis?: readonly string[]
  readonly predicate: Omit<Predicate<K>, 'at' | 'actor' | 'basis'>
}

export function sampleRecord<K extends RecordKind>(draft: Draft<K>): SignedRecord {
  const { kind, actor, basis = [] } = draft
  const predicate = { ...draft.predicate, at, actor, basis } as unknown as Predicate<K>
  const subjects = [{ name: kind, digest: { sha256: digestOf(canonicalJson(predicate)) } }]
  return signRecord(makeStatement(kind, subjects, predicate), sampleSigner(actor))
}

export function participant(name: string, actor = 'house'): SignedRecord {
  const key = sampleSigner(name).publicKey
  return sampleRecord({ kind: 'participant', actor, predicate: { participant: name, name, roles: ['developer'], key } })
}

export function submission(name: string, actor = 'vendor'): SignedRecord {
  const predicate = {
    submission: name,
    benchmark: 'nox',
    name,
    form: 'linear' as const,
    model: digestOf(name),
    bytes: 10,
  }
  return sampleRecord({ kind: 'submission', actor, predicate })
}

export function isolation(name: string): SignedRecord {
  return sampleRecord({
    kind: 'isolation',
    actor: 'house',
    predicate: {
      submission: name,
      level: 'bubblewrap',
      held: true,
      parts: ['network'],
      missing: [],
      probes: [{ attack: 'read /etc/passwd', held: true, seen: 'no such file' }],
    },
  })
}

export function evaluation(name: string, before: { submission: SignedRecord; isolation: SignedRecord }): SignedRecord {
  const [handedIn, held] = [recordIdOf(before.submission.envelope), recordIdOf(before.isolation.envelope)]
  const score = { value: 0.18, low: 0.12, high: 0.24, level: 0.95, method: 'block bootstrap' }
  const result = {
    benchmark: 'nox',
    definition: digestOf('definition'),
    model: digestOf(name),
    hiddenCommitment: digestOf('hidden'),
    engine: 'linear/1',
    metric: 'r2',
    direction: 'higher' as const,
    rows: 7384,
    score,
    guards: { mae: 4.1 },
    groups: [],
    periods: [{ part: '2015', rows: 7384, ...score }],
    predictions: digestOf(`${name} predictions`),
  }
  const cost = { cpuSeconds: 1.5, wallSeconds: 2, peakBytes: 4096, joules: 30, joulesMethod: 'cpu time' }
  const resultDigest = digestOf(canonicalJson(result))
  const predicate = { submission: name, result, resultDigest, isolation: held, cost }
  return sampleRecord({ kind: 'evaluation', actor: 'house', basis: [handedIn, held], predicate })
}

/** House and vendor join, then `rounds` submissions are handed in, tried in the sandbox and scored. */
export function sampleRecords(rounds: number): readonly SignedRecord[] {
  const scored = Array.from({ length: rounds }, (_, i) => {
    const name = `model-${i}`
    const before = { submission: submission(name), isolation: isolation(name) }
    return [before.submission, before.isolation, evaluation(name, before)]
  })
  return [participant('house'), participant('vendor'), ...scored.flat()]
}
