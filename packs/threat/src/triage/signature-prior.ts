import { type Case, isAttack, isLabelled } from './case.ts'

export interface SignatureRecord {
  readonly attacks: number
  readonly cases: number
}

/** How often each signature was an attack, as far as verdicts tell. */
export interface SignaturePriors {
  readonly bySignature: ReadonlyMap<string, SignatureRecord>
  readonly all: SignatureRecord
}

/** Weight of what is known of all signatures together, in cases: shrinks the rate of a signature with few verdicts. */
const SHRINKAGE = 2
const NOTHING: SignatureRecord = { attacks: 0, cases: 0 }

export function learnPriors(cases: Iterable<Case>): SignaturePriors {
  const bySignature = new Map<string, SignatureRecord>()
  let all = NOTHING
  for (const it of cases) {
    if (!isLabelled(it)) continue
    const one = isAttack(it) ? 1 : 0
    bySignature.set(it.signature, plus(bySignature.get(it.signature) ?? NOTHING, one))
    all = plus(all, one)
  }
  return { bySignature, all }
}

/** Sums of the priors of several sites. */
export function sumPriors(list: readonly SignaturePriors[]): SignaturePriors {
  const bySignature = new Map<string, SignatureRecord>()
  let all = NOTHING
  for (const priors of list) {
    all = sum(all, priors.all)
    for (const [name, record] of priors.bySignature)
      bySignature.set(name, sum(bySignature.get(name) ?? NOTHING, record))
  }
  return { bySignature, all }
}

export function recordOf(priors: SignaturePriors, signature: string): SignatureRecord {
  return priors.bySignature.get(signature) ?? NOTHING
}

/** log(p / (1 - p)) of the shrunken rate of attacks. */
export function priorLogOdds(priors: SignaturePriors, signature: string): number {
  const { attacks, cases } = recordOf(priors, signature)
  const base = (priors.all.attacks + 0.5) / (priors.all.cases + 1)
  const rate = (attacks + SHRINKAGE * base) / (cases + SHRINKAGE)
  return Math.log(rate / (1 - rate))
}

function plus({ attacks, cases }: SignatureRecord, attack: number): SignatureRecord {
  return { attacks: attacks + attack, cases: cases + 1 }
}

function sum(one: SignatureRecord, other: SignatureRecord): SignatureRecord {
  return { attacks: one.attacks + other.attacks, cases: one.cases + other.cases }
}
