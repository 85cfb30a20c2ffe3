import { canonicalJson, fromBase64, sha256Hex, utf8, verifiableHere } from '@dengta/kernel'
import { leafHash } from '../merkle/tree-hash.ts'
import { verifyInclusion } from '../merkle/verify-proof.ts'
import type { Checkpoint } from '../note/checkpoint.ts'
import type { Statement } from '../record.ts'
import { verifyEnvelope } from '../statement/dsse.ts'
import { logEntry } from '../statement/log-entry.ts'
import { predicateOf } from '../statement/statement.ts'
import type { Verdicts } from './check.ts'
import { unboundRecords } from './key-binding.ts'
import type { ReadRecord } from './read-record.ts'

/** What all records must fulfil. `{count}` of `{total}` fulfil it; `{first}` names the first that does not. */
export interface RecordRule extends Verdicts {
  readonly code: string
  /** Undefined `head`: the checkpoint itself was refused. */
  readonly holds: (records: readonly ReadRecord[], head: Checkpoint | undefined) => (record: ReadRecord) => boolean
}

export const RECORD_RULES: readonly RecordRule[] = [
  {
    code: 'suites',
    passed: {
      en: 'all {total} records are signed by suites that this program verifies',
      zh: '全部 {total} 条凭证所用的签名算法均可在此验证',
    },
    failed: {
      en: '{count} of {total} records are signed by a suite that this program verifies, not {first}; SM2 is verified by `dengta verify`, not in a browser',
      zh: '{total} 条凭证中有 {count} 条的签名算法可在此验证，{first}不可；SM2 签名请用 `dengta verify` 验证，浏览器无法验证',
    },
    holds: () => (record) => verifiableHere(record.exported.key),
  },
  {
    code: 'signatures',
    passed: {
      en: 'all {total} records carry a valid signature of their key',
      zh: '全部 {total} 条凭证的签名均有效',
    },
    failed: {
      en: '{count} of {total} records carry a valid signature of their key, not {first}; do not rely on it',
      zh: '{total} 条凭证中有 {count} 条签名有效，{first}签名无效，不可采信',
    },
    holds: () => (record) => verifyEnvelope(record.exported.envelope, record.exported.key),
  },
  {
    code: 'statements',
    passed: {
      en: 'all {total} records are well-formed statements of a known kind',
      zh: '全部 {total} 条凭证内容格式正确、种类已知',
    },
    failed: {
      en: '{count} of {total} records are well-formed statements of a known kind, not {first}',
      zh: '{total} 条凭证中有 {count} 条内容格式正确、种类已知，{first}不是',
    },
    holds: () => (record) => record.statement !== undefined,
  },
  {
    code: 'digests',
    passed: {
      en: 'every result that a record quotes by digest is the result that it states',
      zh: '凭证按摘要引用的结果与其所载结果全部一致',
    },
    failed: {
      en: '{count} of {total} records agree with the digests that they state, not {first}',
      zh: '{total} 条凭证中有 {count} 条与其所载摘要一致，{first}不一致',
    },
    holds: () => (record) => record.statement !== undefined && agreesWithItself(record.statement),
  },
  {
    code: 'actors',
    passed: {
      en: 'all {total} records are signed by the key that the house registered for their actor',
      zh: '全部 {total} 条凭证均由平台为其行为方登记的密钥签署',
    },
    failed: {
      en: '{count} of {total} records are signed by the key that the house registered for their actor, not {first}; ask for an export that holds the participant records too',
      zh: '{total} 条凭证中有 {count} 条由平台为其行为方登记的密钥签署，{first}不是；请索取包含参与方凭证的导出文件',
    },
    holds: (records) => {
      const unbound = unboundRecords(records)
      return (record) => !unbound.has(record)
    },
  },
  {
    code: 'inclusion',
    passed: {
      en: 'all {total} records stand in the log at their place, under the checkpoint',
      zh: '全部 {total} 条凭证均在日志的相应位置，并被检查点涵盖',
    },
    failed: {
      en: '{count} of {total} records stand in the log under the checkpoint, not {first}; do not rely on it',
      zh: '{total} 条凭证中有 {count} 条被检查点涵盖，{first}没有，不可采信',
    },
    holds: (_, head) => (record) => head !== undefined && standsUnder(head, record),
  },
  {
    code: 'order',
    passed: {
      en: 'the records stand in the order of the log, each once',
      zh: '凭证按日志顺序排列，没有重复',
    },
    failed: {
      en: '{count} of {total} records stand in the order of the log, each once, not {first}',
      zh: '{total} 条凭证中有 {count} 条按日志顺序且不重复，{first}重复或错位',
    },
    holds: (records) => {
      const misplaced = misplacedRecords(records)
      return (record) => !misplaced.has(record)
    },
  },
  {
    code: 'basis',
    passed: {
      en: 'every record of this file that another rests on was logged before it',
      zh: '文件内作为依据的凭证均先于引用它的凭证入账',
    },
    failed: {
      en: '{count} of {total} records rest only on records logged before them, not {first}',
      zh: '{total} 条凭证中有 {count} 条只依据先入账的凭证，{first}不是',
    },
    holds: (records) => {
      const places = new Map(records.map(({ id, exported }) => [id, exported.index]))
      return ({ statement, exported }) =>
        (statement?.predicate.basis ?? []).every((id) => (places.get(id) ?? -1) < exported.index)
    },
  },
]

function standsUnder({ size, root }: Checkpoint, { exported }: ReadRecord): boolean {
  try {
    const leaf = leafHash(logEntry(exported.envelope, exported.key))
    return verifyInclusion({ size, index: exported.index, leaf, root, proof: exported.proof.map(fromBase64) })
  } catch {
    return false
  }
}

function misplacedRecords(records: readonly ReadRecord[]): ReadonlySet<ReadRecord> {
  const seen = new Set<string | undefined>()
  let last = -1
  return new Set(
    records.filter(({ exported, id }) => {
      const misplaced = exported.index <= last || seen.has(id)
      last = Math.max(last, exported.index)
      seen.add(id)
      return misplaced
    }),
  )
}

function agreesWithItself(statement: Statement): boolean {
  const evaluation = predicateOf(statement, 'evaluation')
  if (evaluation) return evaluation.resultDigest === sha256Hex(utf8(canonicalJson(evaluation.result)))
  const replay = predicateOf(statement, 'replay')
  return replay === undefined || replay.same === (replay.expected === replay.got)
}
