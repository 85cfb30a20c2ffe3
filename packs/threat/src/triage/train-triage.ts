import { type Case, isAttack, isLabelled, type Site } from './case.ts'
import { fitLogistic, type LogisticModel, logisticScore } from './logistic.ts'
import { eachPlace } from './runs.ts'
import { learnPriors, type SignaturePriors, sumPriors } from './signature-prior.ts'
import { Suspicion } from './suspicion.ts'
import { FIRST_WIDTH, firstRow, SECOND_WIDTH, secondRow, type TriageModel } from './triage-model.ts'

export interface TrainOptions {
  readonly ridge: number
}

export const TRAINING: TrainOptions = { ridge: 1 }

/**
 * Learns from whole sites. A site's own verdicts never feed the priors, nor the first scores, that the models see of it:
 * otherwise they would trust a record that already holds the answer.
 */
export function trainTriage(sites: readonly Site[], options: TrainOptions = TRAINING): TriageModel {
  const priors = sites.map(({ cases }) => learnPriors(cases))
  const rows = sites.map((site, at) => firstRows(site, sumPriors(without(priors, at))))
  const all = sites.map((_, at) => at)
  const fit = (at: readonly number[], width: number, of: readonly (readonly Float64Array[])[]) =>
    fitRows(
      at.map((place) => ({ site: sites[place]!, rows: of[place]! })),
      width,
      options,
    )
  const seconds = sites.map((site, at) => {
    const others = sites.length > 1 ? without(all, at) : all
    return secondRows(site, rows[at]!, fit(others, FIRST_WIDTH, rows))
  })
  return { priors: sumPriors(priors), first: fit(all, FIRST_WIDTH, rows), second: fit(all, SECOND_WIDTH, seconds) }
}

/** Second scores of every case of a site that the model has not learnt from. */
export function scoreSite(model: TriageModel, site: Site): Float64Array {
  const rows = secondRows(site, firstRows(site, model.priors), model.first)
  return Float64Array.from(rows, (row) => logisticScore(model.second, row))
}

/** Scores of each site by a model that learnt from all others: what the guard is set by. */
export function heldOutScores(sites: readonly Site[], options: TrainOptions = TRAINING): Float64Array[] {
  return sites.map((site, at) => scoreSite(trainTriage(without(sites, at), options), site))
}

function firstRows({ cases }: Site, priors: SignaturePriors): Float64Array[] {
  return cases.map((it) => firstRow(it, priors))
}

function secondRows({ cases }: Site, rows: readonly Float64Array[], first: LogisticModel): Float64Array[] {
  const scores = Float64Array.from(rows, (row) => logisticScore(first, row))
  return cases.map((it, own) => {
    const suspicion = new Suspicion(it)
    eachPlace(it.runs, { own, count: cases.length }, (place) => suspicion.add(cases[place]!, scores[place]!))
    return secondRow(rows[own]!, scores[own]!, suspicion)
  })
}

interface SiteRows {
  readonly site: Site
  readonly rows: readonly Float64Array[]
}

function fitRows(list: readonly SiteRows[], width: number, options: TrainOptions): LogisticModel {
  const used = list.flatMap(({ site, rows }) => {
    const weightOf = caseWeights(site.cases)
    return site.cases.flatMap((it, at) => (isLabelled(it) ? [{ it, row: rows[at]!, weight: weightOf(it) }] : []))
  })
  const data = {
    width,
    rows: new Float64Array(used.length * width),
    labels: Uint8Array.from(used, ({ it }) => (isAttack(it) ? 1 : 0)),
    weights: Float64Array.from(used, ({ weight }) => weight),
  }
  for (const [at, { row }] of used.entries()) data.rows.set(row, at * width)
  return fitLogistic(data, options)
}

/** An attack filed with n groups weighs 2 / sqrt(n) a group: a step that left one trace is not drowned by a noisy one. */
function caseWeights(cases: readonly Case[]): (it: Case) => number {
  const sizes = new Map<string, number>()
  for (const { disposition } of cases) {
    const file = disposition?.file
    if (file !== undefined) sizes.set(file, (sizes.get(file) ?? 0) + 1)
  }
  return (it) => (isAttack(it) ? 2 / Math.sqrt(sizes.get(it.disposition?.file ?? '') ?? 1) : 1)
}

function without<T>(list: readonly T[], at: number): T[] {
  return list.filter((_, place) => place !== at)
}
