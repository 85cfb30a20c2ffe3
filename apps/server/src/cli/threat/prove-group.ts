import { fromBase64, fromHex, hex, type Text } from '@dengta/kernel'
import { type Client, parseStatement } from '@dengta/sdk'
import { checkDecision, proveDecision, threatErrors } from '@dengta/threat'

export interface GroupProof {
  readonly group: string
  readonly record: string
  readonly line: string
  readonly index: number
  readonly size: number
  /** Audit path, hexadecimal, from the leaf up. */
  readonly path: readonly string[]
  readonly root: string
  readonly holds: boolean
  readonly text: Text
}

/** The line of a decision and its way to the tree head that the signed record states; throws `threat.missing`. */
export async function proveGroup(client: Client, group: string): Promise<GroupProof> {
  const { decision } = await client.getGroup(group)
  const { record } = decision
  if (record === undefined) throw threatErrors.missing({ what: 'sealed decision', id: group })
  const { records } = await client.exportRecord(record)
  const { root } = batchOf(records.map(({ envelope }) => envelope.payload))
  const file = new Uint8Array(await (await client.downloadDecisions(record)).arrayBuffer())
  const proof = proveDecision(file, group)
  if (!proof) throw threatErrors.missing({ what: 'line', id: group })
  const holds = checkDecision(proof, fromHex(root))
  return { group, record, ...proof, path: proof.path.map(hex), root, holds, text: holds ? HOLDS : FAILS }
}

/** An export holds the record and the keys it stands on; the batch is the one with a tree head. */
function batchOf(payloads: readonly string[]): { readonly root: string } {
  const predicates = payloads.map((payload) => parseStatement(fromBase64(payload)).predicate)
  return predicates.find((each): each is Predicate => 'root' in each && 'decisions' in each) as Predicate
}

type Predicate = ReturnType<typeof parseStatement>['predicate'] & { readonly root: string }

const HOLDS: Text = {
  en: 'the line stands in the signed batch: its path leads to the tree head of the record; dengta verify checks the record itself',
  zh: '该行确在已签名的批次中：其路径通向凭证中的树根；凭证本身可用 dengta verify 核验',
}
const FAILS: Text = {
  en: 'the line does NOT lead to the tree head of the record: do not rely on it',
  zh: '该行无法通向凭证中的树根：不可采信',
}
