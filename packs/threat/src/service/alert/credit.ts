import { canonicalJson, sha256Hex, utf8 } from '@dengta/kernel'
import type { PipelineAlert } from '../../pipeline/pipeline-alert.ts'
import { storable } from '../storable.ts'

/** Who made a rule, as it is kept beside its alerts: canonical JSON and its digest. */
export interface Credit {
  readonly digest: string
  readonly body: string
}

const MOST = 10_000
const known = new Map<string, Credit>()

/** Made once for all rules of one content: two of the same id that differ in anything else have two credits. */
export function creditOf(rule: PipelineAlert['rule']): Credit {
  const content = JSON.stringify(rule)
  const credit = known.get(content) ?? madeCredit(rule)
  if (known.size >= MOST) known.clear()
  known.set(content, credit)
  return credit
}

function madeCredit(rule: PipelineAlert['rule']): Credit {
  const body = storable(canonicalJson({ ...rule, tags: [...rule.tags] }), 20_000)
  return { digest: sha256Hex(utf8(body)), body }
}
