import { fillText, type Text } from '@dengta/kernel'
import { clopperPearsonUpper } from '@dengta/statistics'
import type { Case } from './case.ts'
import type { Guard } from './guard.ts'
import { contribution } from './logistic.ts'
import { recordOf, type SignatureRecord } from './signature-prior.ts'
import { COLUMNS, type TriageModel } from './triage-model.ts'

/** `suppress` closes a group of a signature whose record alone says it is noise; `hand_over` leaves it to people. */
export type Action = 'close' | 'suppress' | 'escalate' | 'hand_over'

export interface Contribution {
  readonly what: Text
  /** Log-odds this added against the average case; above 0 speaks for an attack. */
  readonly adds: number
}

export interface Decision {
  /** Number of the group in its stream. */
  readonly group: number
  readonly action: Action
  readonly score: number
  /** Absent while nothing is proven. */
  readonly threshold?: number
  readonly reason: Text
  /** The five columns that moved the score most, greatest first. */
  readonly contributions: readonly Contribution[]
  /** Verdicts on this signature so far. */
  readonly record: SignatureRecord
}

/** What a decision stands on besides the model. */
export interface DecisionBasis {
  readonly guard: Guard
  readonly drifted: boolean
  /** True where the window was full or the alerts came late. */
  readonly incomplete: boolean
  /** Found by a detector of the house: while it has no verdicts, what was learnt from others closes none of it. */
  readonly ofHouse: boolean
}

/** Record of a signature that is suppressed: attacks no more than this share, proven at 95 %. */
const NOISE = 0.01

export function decide(
  it: Case,
  row: Float64Array,
  score: number,
  context: DecisionBasis & { model: TriageModel },
): Decision {
  const { model, guard } = context
  const record = recordOf(model.priors, it.signature)
  const { action, reason } = choose(score, record, context)
  return {
    group: it.number,
    action,
    score,
    ...(guard.proven && { threshold: guard.threshold }),
    reason,
    contributions: topContributions(model, row),
    record,
  }
}

function choose(
  score: number,
  record: SignatureRecord,
  { guard, drifted, incomplete, ofHouse }: DecisionBasis,
): Pick<Decision, 'action' | 'reason'> {
  if (!guard.proven) return { action: 'hand_over', reason: notProven(guard.reasons) }
  if (drifted) return { action: 'hand_over', reason: WORDS.drifted }
  if (incomplete) return { action: 'hand_over', reason: WORDS.incomplete }
  const figures = { score: score.toFixed(2), threshold: guard.threshold, ...record }
  if (score >= guard.threshold) return { action: 'escalate', reason: fillText(WORDS.escalate, figures) }
  if (ofHouse && record.cases === 0) return { action: 'hand_over', reason: WORDS.unjudged }
  const noise =
    record.cases > 0 && clopperPearsonUpper({ successes: record.attacks, trials: record.cases }, 0.95) <= NOISE
  return noise
    ? { action: 'suppress', reason: fillText(WORDS.suppress, figures) }
    : { action: 'close', reason: fillText(WORDS.close, figures) }
}

function topContributions({ second }: TriageModel, row: Float64Array): Contribution[] {
  return COLUMNS.map((what, column) => ({ what, adds: contribution(second, row, column) }))
    .sort((one, other) => Math.abs(other.adds) - Math.abs(one.adds))
    .slice(0, 5)
}

function notProven(reasons: readonly Text[]): Text {
  const join = (language: keyof Text, between: string) => reasons.map((reason) => reason[language]).join(between)
  return fillText(WORDS.notProven, { why: join('en', '; '), whyZh: join('zh', '；') })
}

const WORDS = {
  escalate: {
    en: 'score {score} reaches the threshold {threshold}; this signature was an attack in {attacks} of {cases} verdicts',
    zh: '评分 {score} 达到阈值 {threshold}；该特征的 {cases} 个结论中有 {attacks} 个为攻击',
  },
  close: {
    en: 'score {score} stays below the threshold {threshold}; this signature was an attack in {attacks} of {cases} verdicts',
    zh: '评分 {score} 低于阈值 {threshold}；该特征的 {cases} 个结论中有 {attacks} 个为攻击',
  },
  suppress: {
    en: 'known noise: {attacks} attacks in {cases} verdicts on this signature, and score {score} stays below {threshold}',
    zh: '已知噪声：该特征的 {cases} 个结论中有 {attacks} 个为攻击，且评分 {score} 低于 {threshold}',
  },
  drifted: {
    en: 'the alerts of late are unlike those learnt from; a person decides until verdicts on them are learnt',
    zh: '近期告警与学习样本差异过大；在学习到新的结论之前由人员决定',
  },
  incomplete: {
    en: 'too many groups at once, or alerts that came late: the facts are not complete; a person decides',
    zh: '同时出现的告警组过多或告警迟到，信息不完整；由人员决定',
  },
  unjudged: {
    en: 'nobody has judged a finding of this watch yet, so nothing learnt says that it may be closed; a person decides',
    zh: '该监测的发现尚无任何结论，已学到的内容不足以支持自动关闭；由人员决定',
  },
  notProven: {
    en: 'not proven: {why}; a person decides',
    zh: '尚未证明：{whyZh}；由人员决定',
  },
} as const satisfies Record<string, Text>
