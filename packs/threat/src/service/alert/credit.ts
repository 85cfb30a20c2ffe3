import { canonicalJson, sha256Hex, utf8 } from '@dengta/kernel'
import type { PipelineAlert } from '../../pipeline/pipeline-alert.ts'
import { storable } from '../storable.ts'

/** Who made a rule, as it is kept beside its alerts: canonical JSON and its digest. */
export interface Credit {
  readonly digest: string
  readonly body: string
}

const MOST = 10_000
const MOST_WORD = 2000
const MOST_TAGS = 100
const known = new Map<string, Credit>()

/** Made once for all rules of one content: two of the same id that differ in anything else have two credits. */
export function creditOf(rule: PipelineAlert['rule']): Credit {
  const content = JSON.stringify(rule)
  const credit = known.get(content) ?? madeCredit(rule)
  if (known.size >= MOST) known.clear()
  known.set(content, credit)
  return credit
}

/** Each word is cut by itself, so that the whole stays JSON. */
function madeCredit({ tags, ...words }: PipelineAlert['rule']): Credit {
  const kept = Object.entries(words).map(([name, word]) => [name, storable(word, MOST_WORD)])
  const body = canonicalJson({
    ...Object.fromEntries(kept),
    tags: tags.slice(0, MOST_TAGS).map((tag) => storable(tag)),
  })
  return { digest: sha256Hex(utf8(body)), body }
}
