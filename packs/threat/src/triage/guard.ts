import { fillText, saidCount, saidPercent, type Text } from '@dengta/kernel'
import { clusteredUpper, type Proportion } from '@dengta/statistics'
import { isAttack, isLabelled, type Site } from './case.ts'

/** What the house accepts of a model that closes groups by itself, on a site like those it has learnt from. */
export interface Bounds {
  /** Benign groups escalated / benign groups. */
  readonly falseAlarms: number
  /** Attack files (steps) of which no group was escalated / attack files. */
  readonly missed: number
  /** Chance that both hold, e.g. 0.95. */
  readonly confidence: number
  /** Share of benign groups that people are ready to look at: within what is proven it is spent on finding more. */
  readonly aim: number
}

export const BOUNDS: Bounds = { falseAlarms: 0.01, missed: 0.25, confidence: 0.95, aim: 0.003 }

/** Rate seen on sites held out, and the upper bound it proves, sites taken as the unit that varies. */
export interface ProvenRate extends Proportion {
  readonly upper: number
}

export interface GuardProof {
  readonly proven: true
  /** Groups with at least this score are escalated, the others closed. */
  readonly threshold: number
  readonly falseAlarms: ProvenRate
  readonly missed: ProvenRate
  readonly sites: number
  /** The highest threshold at which the bound on misses is proven: it closes the largest share. */
  readonly largestShare: number
  /** Why the bound on false alarms is not proven at the threshold: people may see more than they were promised. */
  readonly noisy?: Text
}

export interface GuardRefusal {
  readonly proven: false
  readonly reasons: readonly Text[]
}

export type Guard = GuardProof | GuardRefusal

/** Thresholds tried, fixed before any score is seen: log-odds from -8 to 8 in quarters. */
const LADDER = Array.from({ length: 65 }, (_, step) => -8 + step / 4)

/**
 * Misses decide whether a model may close anything, for a group that is closed is seen by nobody; false alarms decide how
 * many looks people are promised. Of the thresholds at which misses are proven, those that prove false alarms too come
 * first; where there is none, all of them stand and the broken promise is said. Among these the most careful that keeps to
 * the aim is taken, else the one that closes most.
 *
 * Learn then Test (Angelopoulos et al. 2021) with two fixed sequences: misses from the most careful threshold up, false
 * alarms from the least noisy down, each at half of 1 - confidence, so that any choice among the proven ones is covered.
 * `scores` are those of `heldOutScores`.
 */
export function setGuard(sites: readonly Site[], scores: readonly Float64Array[], bounds: Bounds = BOUNDS): Guard {
  const counts = sites.map((site, at) => countsOf(site, scores[at]!))
  const reasons = tooFew(counts)
  if (reasons.length > 0) return { proven: false, reasons }
  const level = 1 - (1 - bounds.confidence) / 2
  const missed = (at: number) => rateAt(counts, ({ files }) => below(files, at), level)
  const falseAlarms = (at: number) => rateAt(counts, ({ benign }) => notBelow(benign, at), level)
  const highest = lastProven(LADDER, (at) => missed(at).upper <= bounds.missed)
  if (highest === undefined)
    return { proven: false, reasons: [missesUnproven(sites.length, missed(LADDER[0]!), bounds)] }
  const lowest = lastProven(LADDER.toReversed(), (at) => falseAlarms(at).upper <= bounds.falseAlarms)
  const quiet = lowest !== undefined && lowest <= highest
  const open = LADDER.filter((at) => at <= highest && (!quiet || at >= lowest))
  const kept = losingNoneShown(open, counts)
  const threshold = kept.find((at) => keepsTo(bounds.aim, falseAlarms(at))) ?? kept.at(-1)!
  const proof = { falseAlarms: falseAlarms(threshold), missed: missed(threshold) }
  const promise = quiet ? {} : { noisy: noisyAt(sites.length, proof.falseAlarms, bounds) }
  return { proven: true, threshold, ...proof, ...promise, sites: sites.length, largestShare: highest }
}

function keepsTo(aim: number, { successes, trials }: ProvenRate): boolean {
  return successes <= aim * trials
}

/**
 * The thresholds that miss no attack known from groups that people were shown, else the most careful one: each of these is
 * one that the model before let through, and a part of them lost with each learning would be no bound.
 */
function losingNoneShown(open: readonly number[], counts: readonly SiteCounts[]): readonly number[] {
  const shown = counts.filter(({ ofShown }) => ofShown)
  const kept = open.filter((at) => shown.every(({ files }) => below(files, at).successes === 0))
  return kept.length > 0 ? kept : open.slice(0, 1)
}

/** Sorted scores of one site: of each benign group, and of each attack file its best group's. */
interface SiteCounts {
  readonly ofShown: boolean
  readonly benign: readonly number[]
  readonly files: readonly number[]
}

function countsOf({ name, cases, ofShown = false }: Site, scores: Float64Array): SiteCounts {
  const benign: number[] = []
  const files = new Map<string, number>()
  for (const [at, it] of cases.entries()) {
    if (!isLabelled(it)) continue
    const score = scores[at]!
    const file = it.disposition?.file ?? `${name}:${it.number}`
    if (isAttack(it)) files.set(file, Math.max(files.get(file) ?? score, score))
    else benign.push(score)
  }
  return { ofShown, benign, files: [...files.values()] }
}

function below(scores: readonly number[], at: number): Proportion {
  return { successes: scores.filter((score) => score < at).length, trials: scores.length }
}

function notBelow(scores: readonly number[], at: number): Proportion {
  return { successes: scores.filter((score) => score >= at).length, trials: scores.length }
}

function rateAt(counts: readonly SiteCounts[], of: (site: SiteCounts) => Proportion, level: number): ProvenRate {
  const clusters = counts.map(of)
  const successes = clusters.reduce((sum, cluster) => sum + cluster.successes, 0)
  const trials = clusters.reduce((sum, cluster) => sum + cluster.trials, 0)
  return { successes, trials, upper: clusteredUpper(clusters, level) }
}

/** The last of a fixed sequence before the first that fails. */
function lastProven(sequence: readonly number[], holds: (at: number) => boolean): number | undefined {
  const failure = sequence.findIndex((at) => !holds(at))
  return sequence[(failure < 0 ? sequence.length : failure) - 1]
}

function tooFew(counts: readonly SiteCounts[]): Text[] {
  const withAttack = counts.filter(({ files }) => files.length > 0).length
  const withBenign = counts.filter(({ benign }) => benign.length > 0).length
  const reasons: Text[] = []
  if (withAttack < 2) reasons.push(fillText(FEW_ATTACKS, { sites: withAttack }))
  if (withBenign < 2) reasons.push(fillText(FEW_BENIGN, { sites: withBenign }))
  return reasons
}

/** Says what the most careful threshold would prove. */
function missesUnproven(sites: number, { upper }: ProvenRate, { missed }: Bounds): Text {
  return fillText(MISSES_UNPROVEN, { sites, missed: saidPercent(upper), bound: saidPercent(missed) })
}

function noisyAt(sites: number, { successes, trials, upper }: ProvenRate, { falseAlarms }: Bounds): Text {
  const counts = { sites, successes: saidCount(successes), trials: saidCount(trials) }
  return fillText(NOISY, { ...counts, upper: saidPercent(upper), bound: saidPercent(falseAlarms) })
}

const FEW_ATTACKS: Text = {
  en: 'attacks judged by people come from {sites} site(s); at least two are needed before anything is closed unseen',
  zh: '经人员判定的攻击来自 {sites} 个站点；至少需要两个站点，才能自动关闭告警组',
}
const FEW_BENIGN: Text = {
  en: 'false alarms judged by people come from {sites} site(s); at least two are needed before anything is closed unseen',
  zh: '经人员判定的误报来自 {sites} 个站点；至少需要两个站点，才能自动关闭告警组',
}
const MISSES_UNPROVEN: Text = {
  en: 'no threshold proves the bound on misses on {sites} sites: the most careful proves at most {missed} of attack steps missed (bound {bound}); collect verdicts on attacks from more sites',
  zh: '在 {sites} 个站点上没有任何阈值能证明漏报上限：最谨慎的阈值只能证明漏报的攻击步骤不超过 {missed}（上限 {bound}）；请从更多站点收集攻击结论',
}
const NOISY: Text = {
  en: 'misses are proven, false alarms are not: on {sites} sites held out {successes} of {trials} benign groups were shown, which proves at most {upper} (bound {bound}); people may be shown more than promised',
  zh: '漏报上限已证明，误报上限尚未证明：在 {sites} 个留出站点上，{trials} 个正常组中有 {successes} 个被展示，只能证明不超过 {upper}（上限 {bound}）；人员看到的可能多于承诺',
}
