import { type Client, type ProvenDecision, proveDecision } from '@dengta/sdk'
import { threatErrors } from '@dengta/threat'

/** A decision with its proof; throws `threat.missing` where it is not sealed, or its line is not in the sealed file. */
export async function proveGroup(client: Client, group: string): Promise<ProvenDecision> {
  const proof = await proveDecision(client, group)
  if (proof === undefined) throw threatErrors.missing({ what: 'sealed decision', id: group })
  if (proof.index < 0) throw threatErrors.missing({ what: 'line', id: group })
  return proof
}
