/** One state a running job can be put in: kW at the meter, and yuan (or any one unit of worth) lost by each minute in it. */
export interface CutChoice {
  readonly name: string
  readonly kw: number
  readonly loss: number
}

/** A running job and its states; the first is the one it is in now. */
export interface CutJob {
  readonly job: string
  readonly choices: readonly CutChoice[]
}

export interface Cut {
  /** Index into each job's choices, in the order of the jobs. */
  readonly chosen: Int32Array
  readonly kw: number
  readonly loss: number
  /** No choice of states within the target loses less, even if states could be mixed over time. */
  readonly bound: number
  /** Loss that one more kW would have saved: the price of power in this minute. */
  readonly yuanPerKw: number
  /** False where even the lowest states of all jobs lie above the target. */
  readonly withinTarget: boolean
}

/** Slack for sums of floating-point powers, kW: a millionth of a watt. */
const SLACK_KW = 1e-9

/**
 * Chooses states so that power stays at or below `targetKw` and least is lost. Each job walks down its own lower convex hull; the
 * steps are taken in order of loss for each kW; the last step is then undone where single swaps do better. O(n log n).
 */
export function planCut(jobs: readonly CutJob[], targetKw: number): Cut {
  const hulls = jobs.map(({ choices }) => hullOf(choices))
  const chosen = Int32Array.from(hulls, (hull) => hull[0]!)
  const steps = hulls.flatMap((hull, j) => stepsOf(jobs[j]!, hull, j)).sort((a, b) => a.rate - b.rate || a.j - b.j)
  let kw = sum(jobs, chosen, 'kw')
  let loss = sum(jobs, chosen, 'loss')
  let bound = loss
  let yuanPerKw = 0
  for (const step of steps) {
    if (kw <= targetKw + SLACK_KW) break
    bound = loss + Math.min(1, (kw - targetKw) / step.kw) * step.loss
    yuanPerKw = step.rate
    chosen[step.j] = step.to
    kw -= step.kw
    loss += step.loss
  }
  giveBack(jobs, chosen, targetKw)
  const left = sum(jobs, chosen, 'kw')
  return {
    chosen,
    kw: left,
    loss: sum(jobs, chosen, 'loss'),
    bound,
    yuanPerKw,
    withinTarget: left <= targetKw + SLACK_KW,
  }
}

interface Step {
  readonly j: number
  readonly to: number
  readonly kw: number
  readonly loss: number
  readonly rate: number
}

/** States worth considering: from least loss down to least power, convex. */
function hullOf(choices: readonly CutChoice[]): number[] {
  const order = [...choices.keys()].sort(
    (a, b) => choices[a]!.loss - choices[b]!.loss || choices[a]!.kw - choices[b]!.kw,
  )
  const hull: number[] = []
  for (const k of order) {
    if (hull.length > 0 && choices[k]!.kw >= choices[hull.at(-1)!]!.kw) continue
    while (hull.length > 1 && rate(choices, hull.at(-2)!, hull.at(-1)!) >= rate(choices, hull.at(-1)!, k)) hull.pop()
    hull.push(k)
  }
  return hull
}

function rate(choices: readonly CutChoice[], from: number, to: number): number {
  return (choices[to]!.loss - choices[from]!.loss) / (choices[from]!.kw - choices[to]!.kw)
}

function stepsOf({ choices }: CutJob, hull: readonly number[], j: number): Step[] {
  return hull.slice(1).map((to, i) => {
    const from = hull[i]!
    const kw = choices[from]!.kw - choices[to]!.kw
    return { j, to, kw, loss: choices[to]!.loss - choices[from]!.loss, rate: rate(choices, from, to) }
  })
}

/** Uses what the last whole step left over: each job in turn takes the best state that still fits. */
function giveBack(jobs: readonly CutJob[], chosen: Int32Array, targetKw: number): void {
  let free = targetKw - sum(jobs, chosen, 'kw')
  const gain = (j: number): number => jobs[j]!.choices[chosen[j]!]!.loss
  const order = [...chosen.keys()].sort((a, b) => gain(b) - gain(a) || a - b)
  for (const j of order) {
    const { choices } = jobs[j]!
    const now = choices[chosen[j]!]!
    const fitting = [...choices.keys()].filter(
      (k) => choices[k]!.kw - now.kw <= free + SLACK_KW && choices[k]!.loss < now.loss,
    )
    const best = fitting.reduce((least, k) => (choices[k]!.loss < choices[least]!.loss ? k : least), chosen[j]!)
    free -= choices[best]!.kw - now.kw
    chosen[j] = best
  }
}

function sum(jobs: readonly CutJob[], chosen: Int32Array, what: 'kw' | 'loss'): number {
  return jobs.reduce((total, { choices }, j) => total + choices[chosen[j]!]![what], 0)
}
