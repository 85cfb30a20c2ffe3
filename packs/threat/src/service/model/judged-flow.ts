import { deserialize } from 'node:v8'
import { largeParts } from '../../pipeline/stage/stage-state.ts'
import type { Disposition, Site } from '../../triage/case.ts'
import { type SavedCase, takenUp } from '../../triage/saved-case.ts'
import type { TriageState } from '../../triage/triage.ts'
import { TRIAGE } from '../triage/triage-finding.ts'
import { readTriage } from '../triage/triage-state.ts'

/** A flow to learn from: what its stages were at a checkpoint, and verdicts by number of the group. */
export interface JudgedFlow {
  /** Of its network. */
  readonly name: string
  readonly checkpoint: Uint8Array
  readonly verdicts: ReadonlyMap<number, Disposition>
}

/** The kept cases of the flow with their verdicts. A checkpoint of before there were large parts is read too. */
export function siteOf({ name, checkpoint, verdicts }: JudgedFlow): Site {
  const cases = takenUp(casesIn(checkpoint)).map((it) => {
    const { verdict, file } = verdicts.get(it.number) ?? {}
    const disposition = verdict === undefined ? undefined : { verdict, ...(file === undefined ? {} : { file }) }
    return { ...it, disposition }
  })
  return { name, cases }
}

function casesIn(checkpoint: Uint8Array): readonly SavedCase[] {
  const large = largeParts(checkpoint).get(TRIAGE)
  if (large) return readTriage(large).triage.cases
  const stages = deserialize(checkpoint) as Record<string, { readonly triage?: TriageState } | undefined>
  return stages[TRIAGE]?.triage?.cases ?? []
}
