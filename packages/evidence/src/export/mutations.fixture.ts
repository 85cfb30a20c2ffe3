import { base64, fromBase64, type Signer, utf8 } from '@dengta/kernel'
import type { ExportedRecord, ExportFile } from '../export-file.ts'
import { preAuthEncoding } from '../statement/dsse.ts'
import { exportOf, ORIGIN, sampleSigner, sampleTrust, signRecord, submission, WITNESSES } from './sample-log.fixture.ts'

export type Random = () => number

/** One way to alter an export; `refused` where no outcome of it may ever be accepted. */
export interface Mutation {
  readonly name: string
  readonly refused: boolean
  readonly apply: (file: ExportFile, random: Random) => unknown
}

/** Deterministic numbers in [0, 1) (mulberry32). */
export function seededRandom(seed: number): Random {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const below = (random: Random, count: number) => Math.floor(random() * count)
const impostor = sampleSigner('impostor')

type Path = readonly (string | number)[]

function leavesOf(value: unknown, path: Path = []): Path[] {
  if (value === null || typeof value !== 'object') return [path]
  return Object.entries(value).flatMap(([key, member]) => leavesOf(member, [...path, key]))
}

function changeAt(value: unknown, path: Path, change: (member: unknown) => unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return change(value)
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string, unknown>
  copy[key] = changeAt(copy[key], rest, change)
  return copy
}

function pick<T>(all: readonly T[], random: Random): T {
  return all[below(random, all.length)]!
}

function flipBit(text: string, random: Random): string {
  const at = below(random, text.length)
  const flipped = String.fromCharCode(text.charCodeAt(at) ^ (1 << below(random, 7)))
  return text.slice(0, at) + flipped + text.slice(at + 1)
}

function flipDecodedBit(text: string, random: Random): string {
  const bytes = fromBase64(text)
  bytes[below(random, bytes.length)]! ^= 1 << below(random, 8)
  return base64(bytes)
}

/** Any string or number of the file. */
function flipAnywhere(file: ExportFile, random: Random): unknown {
  const path = pick(
    leavesOf(file).filter((one) => one[0] !== 'title'),
    random,
  )
  return changeAt(file, path, (leaf) => (typeof leaf === 'string' ? flipBit(leaf, random) : Number(leaf) + 1))
}

function changeRecord(
  change: (record: ExportedRecord, random: Random, file: ExportFile) => unknown,
): Mutation['apply'] {
  return (file, random) => {
    const at = below(random, file.records.length)
    return { ...file, records: file.records.with(at, change(file.records[at]!, random, file) as ExportedRecord) }
  }
}

function swap(exchange: (a: ExportedRecord, b: ExportedRecord) => readonly [unknown, unknown]): Mutation['apply'] {
  return (file, random) => {
    const at = below(random, file.records.length - 1)
    const [a, b] = exchange(file.records[at]!, file.records[at + 1]!) as [ExportedRecord, ExportedRecord]
    return { ...file, records: file.records.with(at, a).with(at + 1, b) }
  }
}

function editPredicate(record: ExportedRecord, signer: Signer): ExportedRecord {
  const statement = JSON.parse(atob(record.envelope.payload))
  statement.predicate.at = '2026-03-02T08:00:00Z'
  return { ...record, ...signRecord(statement, signer) }
}

function signerOf(record: ExportedRecord): Signer {
  return sampleSigner(JSON.parse(atob(record.envelope.payload)).predicate.actor)
}

/** The same records with another one in the middle: what a log would show to somebody else. */
function fork(file: ExportFile, random: Random) {
  const at = 2 + below(random, file.records.length - 2)
  return file.records.with(at, { ...file.records[at]!, ...submission(`forged ${random()}`) })
}

function onCheckpoint(change: (note: string, random: Random) => string): Mutation['apply'] {
  return (file, random) => ({ ...file, checkpoint: change(file.checkpoint, random) })
}

function resize(note: string, random: Random): string {
  return note.replace(/\n(\d+)\n/, (_, size) => `\n${Number(size) + 1 + below(random, 9)}\n`)
}

function withoutLine(note: string, random: Random): string {
  const lines = note.split('\n')
  return lines.toSpliced(below(random, lines.length - 1), 1).join('\n')
}

function logSigns(text: string): string {
  const line = sampleSigner('log').sign(utf8(text))
  return base64(line)
}

/** The log itself signs another size; the cosignatures stay those of the true head. */
function resizeAndSign(note: string, random: Random): string {
  const resized = resize(note, random)
  const text = resized.slice(0, resized.lastIndexOf('\n\n') + 1)
  const old = note.split('\n')[4]!.split(' ')[2]!
  const signature = base64(new Uint8Array([...fromBase64(old).subarray(0, 4), ...fromBase64(logSigns(text))]))
  return resized.replace(old, signature)
}

export const MUTATIONS: readonly Mutation[] = [
  { name: 'a bit of any string, or any number', refused: false, apply: flipAnywhere },
  {
    name: 'a bit of a payload',
    refused: true,
    apply: changeRecord((record, random) => ({
      ...record,
      envelope: { ...record.envelope, payload: flipDecodedBit(record.envelope.payload, random) },
    })),
  },
  {
    name: 'a bit of a signature',
    refused: true,
    apply: changeRecord((record, random) => {
      const [{ keyid, sig }] = record.envelope.signatures
      return { ...record, envelope: { ...record.envelope, signatures: [{ keyid, sig: flipDecodedBit(sig, random) }] } }
    }),
  },
  {
    name: 'a bit of a proof',
    refused: true,
    apply: changeRecord(({ proof, ...record }, random) => {
      const at = below(random, proof.length)
      return { ...record, proof: proof.with(at, flipDecodedBit(proof[at]!, random)) }
    }),
  },
  {
    name: 'a bit of a key',
    refused: true,
    apply: changeRecord(({ key, ...record }, random) => ({
      ...record,
      key: { ...key, spki: flipDecodedBit(key.spki, random) },
    })),
  },
  { name: 'records in another order', refused: true, apply: swap((a, b) => [b, a]) },
  {
    name: 'contents of two records exchanged',
    refused: true,
    apply: swap((a, b) => [
      { ...a, envelope: b.envelope, key: b.key },
      { ...b, envelope: a.envelope, key: a.key },
    ]),
  },
  {
    name: 'proofs of two records exchanged',
    refused: true,
    apply: swap((a, b) => [
      { ...a, proof: b.proof },
      { ...b, proof: a.proof },
    ]),
  },
  {
    name: 'a record twice',
    refused: true,
    apply: (file, random) => ({
      ...file,
      records: file.records.toSpliced(below(random, file.records.length), 0, pick(file.records, random)),
    }),
  },
  {
    name: 'a proof cut short',
    refused: true,
    apply: changeRecord(({ proof, ...record }, random) => ({
      ...record,
      proof: proof.slice(0, below(random, proof.length)),
    })),
  },
  {
    name: 'another index',
    refused: true,
    apply: changeRecord((record, random, { records }) => ({
      ...record,
      index: (record.index + 1 + below(random, records.length - 1)) % records.length,
    })),
  },
  {
    name: 'an edited predicate under the old signature',
    refused: true,
    apply: changeRecord((record) => ({
      ...record,
      envelope: { ...editPredicate(record, impostor).envelope, signatures: record.envelope.signatures },
    })),
  },
  {
    name: 'an edited predicate signed by an impostor',
    refused: true,
    apply: changeRecord((record) => editPredicate(record, impostor)),
  },
  {
    name: 'an edited predicate signed by its actor, not logged',
    refused: true,
    apply: changeRecord((record) => editPredicate(record, signerOf(record))),
  },
  {
    name: 'a payload signed without the DSSE encoding',
    refused: true,
    apply: changeRecord((record) => {
      const payload = fromBase64(record.envelope.payload)
      const [{ keyid }] = record.envelope.signatures
      const sig = base64(signerOf(record).sign(preAuthEncoding('text/plain', payload)))
      return { ...record, envelope: { ...record.envelope, signatures: [{ keyid, sig }] } }
    }),
  },
  {
    name: 'a whole log of an impostor',
    refused: true,
    apply: (file, random) =>
      exportOf(fork(file, random), { trust: { ...sampleTrust, log: impostor.publicKey }, logSigner: impostor }),
  },
  {
    name: "an impostor's log under the name of the trusted key",
    refused: true,
    apply: (file, random) => exportOf(fork(file, random), { logSigner: impostor }),
  },
  {
    name: 'a fork signed by the log, seen by no witness',
    refused: true,
    apply: (file, random) => exportOf(fork(file, random), { cosigners: [] }),
  },
  {
    name: 'a fork signed by the log, seen by one witness',
    refused: true,
    apply: (file, random) => exportOf(fork(file, random), { cosigners: [pick(WITNESSES, random)] }),
  },
  {
    name: 'a fork with the cosignatures of the true head',
    refused: true,
    apply: (file, random) => {
      const forked = exportOf(fork(file, random), { cosigners: [] })
      const lines = file.checkpoint.split('\n').slice(5, 5 + WITNESSES.length)
      return { ...forked, checkpoint: `${forked.checkpoint}${lines.join('\n')}\n` }
    },
  },
  { name: 'another size in the checkpoint', refused: true, apply: onCheckpoint(resize) },
  { name: 'another size, signed by the log', refused: true, apply: onCheckpoint(resizeAndSign) },
  { name: 'a line of the checkpoint left out', refused: true, apply: onCheckpoint(withoutLine) },
  {
    name: 'another origin throughout',
    refused: true,
    apply: (file) => JSON.parse(JSON.stringify(file).replaceAll(ORIGIN, 'log.example/other')),
  },
  {
    name: 'the text cut short',
    refused: true,
    apply: (file, random) => {
      const text = JSON.stringify(file)
      return text.slice(0, below(random, text.length))
    },
  },
  {
    name: 'a bit of the JSON text',
    refused: false,
    apply: (file, random) => flipBit(JSON.stringify(file), random),
  },
  {
    name: 'a member left out',
    refused: true,
    apply: (file, random) => changeAt(file, pick(leavesOf(file).filter(isMember), random), () => undefined),
  },
  {
    name: 'an unknown member',
    refused: true,
    apply: (file, random) => {
      const path = pick(leavesOf(file).filter(isMember), random).slice(0, -1)
      return changeAt(file, path, (object) => ({ ...(object as object), verified: true }))
    },
  },
  {
    name: 'a participant record left out',
    refused: true,
    apply: (file, random) => ({ ...file, records: file.records.toSpliced(below(random, 2), 1) }),
  },
  {
    name: 'another record left out (a smaller export)',
    refused: false,
    apply: (file, random) => ({
      ...file,
      records: file.records.toSpliced(2 + below(random, file.records.length - 2), 1),
    }),
  },
  {
    name: 'another title (nobody signs it)',
    refused: false,
    apply: (file, random) => ({ ...file, title: String(random()) }),
  },
  {
    name: 'other white space',
    refused: false,
    apply: (file, random) => JSON.stringify(file, undefined, 1 + below(random, 8)),
  },
]

/** Elements of arrays have numbers for names; leaving one out of a proof is a mutation of its own. */
function isMember(path: Path): boolean {
  return Number.isNaN(Number(path.at(-1)))
}
