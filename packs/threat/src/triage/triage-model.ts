import type { Text } from '@dengta/kernel'
import type { Case } from './case.ts'
import { FACT_NAMES, FACTS, type FactName } from './facts.ts'
import { type LogisticModel, logisticScore } from './logistic.ts'
import { priorLogOdds, recordOf, type SignaturePriors } from './signature-prior.ts'
import type { Suspicion } from './suspicion.ts'

/** Two additive models: the first looks at a group alone, the second also at how suspicious the groups around it are. */
export interface TriageModel {
  readonly priors: SignaturePriors
  readonly first: LogisticModel
  readonly second: LogisticModel
}

const LEARNT = {
  prior: { en: 'how often this signature was an attack', zh: '该特征被判为攻击的频率' },
  priorCases: { en: 'how many verdicts this signature has', zh: '该特征已有的结论数' },
  priorWhenKnown: { en: 'its record, in a network watched for long', zh: '在已长期观察的网络中该特征的记录' },
  priorWhenSeen: { en: 'its record, seen on this host before', zh: '该特征的记录（此前在该主机出现过）' },
  seenWhenKnown: {
    en: 'seen on this host before, in a network watched for long',
    zh: '在已长期观察的网络中该主机的出现次数',
  },
  priorWhenLone: { en: 'its record, with a lone change on this host', zh: '该特征的记录（该主机上有孤立变更）' },
} as const satisfies Record<string, Text>

const AROUND = {
  alone: { en: 'the group on its own', zh: '告警组自身' },
  strongest: { en: 'the most suspicious group around', zh: '周围最可疑的告警组' },
  strongestHere: { en: 'the most suspicious group on this host', zh: '该主机上最可疑的告警组' },
  kindsAround: { en: 'different suspicious signatures around', zh: '周围可疑特征的种类' },
  techniquesAround: { en: 'different ATT&CK techniques among them', zh: '其中不同 ATT&CK 技术的数量' },
  aloneAnchored: { en: 'the group on its own, near a suspicious one', zh: '告警组自身（附近有可疑组）' },
  aloneAnchoredHere: {
    en: 'the group on its own, near a suspicious one on this host',
    zh: '告警组自身（该主机上有可疑组）',
  },
} as const satisfies Record<string, Text>

/** Words of every column, in the order of the columns of the second model; the first model has all before `alone`. */
export const COLUMNS: readonly Text[] = [...Object.values(FACTS), ...Object.values(LEARNT), ...Object.values(AROUND)]
export const FIRST_WIDTH = FACT_NAMES.length + Object.keys(LEARNT).length
export const SECOND_WIDTH = COLUMNS.length

const PLACE = Object.fromEntries(FACT_NAMES.map((name, place) => [name, place])) as Record<FactName, number>

type Alone = Pick<Case, 'signature' | 'facts'>

export function firstRow({ signature, facts }: Alone, priors: SignaturePriors): Float64Array {
  const row = new Float64Array(FIRST_WIDTH)
  row.set(facts)
  const prior = priorLogOdds(priors, signature)
  const age = facts[PLACE.age]!
  const seen = facts[PLACE.pairSeen]!
  const cases = Math.log1p(recordOf(priors, signature).cases)
  const whenLone = facts[PLACE.loneChange]! * (prior - priorLogOdds(priors, ''))
  row.set([prior, cases, prior * age, prior * seen, age * seen, whenLone], facts.length)
  return row
}

/** `score` is the group's own first score. */
export function secondRow(first: Float64Array, score: number, around: Suspicion): Float64Array {
  const row = new Float64Array(SECOND_WIDTH)
  row.set(first)
  const { strongest, strongestHere, kinds, techniques } = around
  const anchored = strongest > 0 ? score : 0
  const anchoredHere = strongestHere > 0 ? score : 0
  const learnt = [score, strongest, strongestHere, Math.log1p(kinds), Math.log1p(techniques)]
  row.set([...learnt, anchored, anchoredHere], FIRST_WIDTH)
  return row
}

export function firstScore(model: Pick<TriageModel, 'priors' | 'first'>, it: Alone): number {
  return logisticScore(model.first, firstRow(it, model.priors))
}
