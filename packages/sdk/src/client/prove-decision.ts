import {
  checkLine,
  type ExportFile,
  parseStatement,
  proveLine,
  type VerificationReport,
  verifyExport,
} from '@dengta/evidence'
import { fillText, fromBase64, fromHex, hex, sha256Hex, type Text } from '@dengta/kernel'
import type { Client } from './client.ts'

/** One triage decision with everything that its proof stands on; checked by whoever asked, not by the house. */
export interface ProvenDecision {
  readonly group: string
  readonly record: string
  readonly line: string
  readonly index: number
  readonly size: number
  /** Audit path, hexadecimal, from the leaf up. */
  readonly path: readonly string[]
  /** Tree head that the signed record states. */
  readonly root: string
  /** The record's own checks, then that of the sealed file, then that of the line. */
  readonly report: VerificationReport
}

/**
 * Fetches the record, the sealed file and the group, then checks here: the record's signature and place in the log, the file against
 * the record, the line against the tree head, the decision shown against the line. Undefined: the decision is not sealed yet.
 */
export async function proveDecision(
  client: Pick<Client, 'getGroup' | 'exportRecord' | 'downloadDecisions'>,
  group: string,
): Promise<ProvenDecision | undefined> {
  const { decision } = await client.getGroup(group)
  const { record } = decision
  if (record === undefined) return undefined
  const evidence = await client.exportRecord(record)
  const file = new Uint8Array(await (await client.downloadDecisions(record)).arrayBuffer())
  return checkDecision({ group, record, action: decision.action, evidence, file })
}

interface Fetched {
  readonly group: string
  readonly record: string
  /** As it is shown. */
  readonly action: string
  readonly evidence: ExportFile
  readonly file: Uint8Array
}

/** Needs no house and no network: everything is in its arguments. */
export function checkDecision({ group, record, action, evidence, file }: Fetched): ProvenDecision {
  const batch = batchOf(evidence)
  const proof = proveLine(file, group)
  const report = verifyExport(evidence)
  const sealed = proof === undefined ? undefined : (JSON.parse(proof.line) as { decision?: { action?: unknown } })
  const counts = { index: (proof?.index ?? -1) + 1, size: proof?.size ?? 0 }
  const own = [
    checked('file', sha256Hex(file) === batch.file, FILE, counts),
    checked('line', proof !== undefined && checkLine(proof, fromHex(batch.root)), LINE, counts),
    checked('shown', sealed?.decision?.action === action, SHOWN, counts),
  ]
  const checks = [...report.checks, ...own]
  return {
    ...{ group, record, root: batch.root, line: proof?.line ?? '', path: (proof?.path ?? []).map(hex) },
    ...{ index: proof?.index ?? -1, size: counts.size },
    report: { ...report, ok: checks.every(({ ok }) => ok), checks },
  }
}

/** An export holds the record and the keys it stands on; the batch is the one with a tree head. */
function batchOf({ records }: ExportFile): { readonly root: string; readonly file: string } {
  const predicates = records.map(({ envelope }) => parseStatement(fromBase64(envelope.payload)).predicate)
  const batch = predicates.find((each) => 'root' in each && 'decisions' in each) as { root?: string; file?: string }
  return { root: batch?.root ?? '', file: batch?.file ?? '' }
}

interface Outcome {
  readonly passed: Text
  readonly failed: Text
}

function checked(code: string, ok: boolean, { passed, failed }: Outcome, counts: Record<string, number>) {
  return { code, ok, text: fillText(ok ? passed : failed, counts) }
}

const FILE: Outcome = {
  passed: {
    en: 'the file of decisions is the one that the record names: {size} lines',
    zh: '决定文件与凭证所列指纹一致，共 {size} 行',
  },
  failed: {
    en: 'the file of decisions is NOT the one that the record names: do not rely on it',
    zh: '决定文件与凭证所列指纹不一致：不可采信',
  },
}
const LINE: Outcome = {
  passed: {
    en: 'the decision is line {index} of {size}: its path leads to the tree head of the record',
    zh: '该决定是第 {index} 行（共 {size} 行），其路径通向凭证中的树根',
  },
  failed: {
    en: 'the decision does NOT lead to the tree head of the record: do not rely on it',
    zh: '该决定无法通向凭证中的树根：不可采信',
  },
}
const SHOWN: Outcome = {
  passed: { en: 'what is shown here is what was sealed', zh: '页面所示决定与封存内容一致' },
  failed: { en: 'what is shown here is NOT what was sealed', zh: '页面所示决定与封存内容不一致' },
}
