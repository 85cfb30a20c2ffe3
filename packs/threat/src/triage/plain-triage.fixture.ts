import type { AlertGroup } from '../group/alert-group.ts'
import { Grouper } from '../group/grouper.ts'
import type { SeenAlert } from '../group/seen-alert.ts'
import { History } from './history.ts'
import { logisticScore } from './logistic.ts'
import { plainFacts } from './plain-facts.fixture.ts'
import { FIRST_WIDTH, firstRow, firstScore, type TriageModel } from './triage-model.ts'
import type { WatchOptions } from './watch.ts'
import type { WatchedGroup } from './watched-group.ts'

export interface PlainDecided {
  readonly watched: WatchedGroup
  /** Numbers of the groups around it. */
  readonly around: readonly number[]
  readonly incomplete: boolean
  readonly score: number
}

/** What `Triage` answers, said as plainly as it can be: everything is kept, and every list is made anew for each group. */
export class PlainTriage {
  readonly decided: PlainDecided[] = []
  readonly #model: TriageModel
  readonly #options: WatchOptions
  readonly #grouper: Grouper
  readonly #history = new History()
  readonly #window: WatchedGroup[] = []
  #settled = 0
  #now = Number.NEGATIVE_INFINITY

  constructor(model: TriageModel, options: WatchOptions) {
    this.#model = model
    this.#options = options
    this.#grouper = new Grouper(options.grouping)
  }

  add(alert: SeenAlert): void {
    this.advance(alert.time)
    const { group, opened } = this.#grouper.add(alert)
    if (opened) this.#open(group)
    const watched = this.#window.find((each) => each.group === group)
    if (!opened && watched?.facts === undefined && alert.time <= group.first + 60_000) watched!.burst += 1
  }

  advance(time: number): void {
    this.#now = Math.max(this.#now, time)
    while (this.#settleNext() || this.#decideNext());
  }

  #open(group: AlertGroup): void {
    const late = group.first + this.#options.settle <= this.#now
    let at = this.#window.length
    while (at > this.#settled && this.#window[at - 1]!.group.first > group.first) at -= 1
    const past = this.#history.open(group)
    this.#window.splice(at, 0, { group, past, late, burst: 1, facts: undefined, score: undefined })
  }

  #settleNext(): boolean {
    const next = this.#window[this.#settled]
    if (next === undefined || !(this.#isPast(next, this.#options.settle) || this.#isFull())) return false
    next.facts = plainFacts(next, this.#aroundOf(next, this.#window, Number.POSITIVE_INFINITY))
    next.score = firstScore(this.#model, { signature: next.group.signature, facts: next.facts })
    this.#history.settle(next.group, next.burst)
    this.#settled += 1
    return true
  }

  #decideNext(): boolean {
    const next = this.#window[this.decided.length]
    if (next === undefined || this.decided.length >= this.#settled) return false
    const isDue = this.#isPast(next, this.#options.delay)
    if (!isDue && !this.#isFull()) return false
    const known = next.group.first + this.#options.delay - this.#options.settle
    const around = this.#aroundOf(next, this.#window.slice(0, this.#settled), known)
    const score = logisticScore(this.#model.second, this.#secondRow(next, around))
    const numbers = around.map(({ group }) => group.number)
    this.decided.push({ watched: next, around: numbers, incomplete: !isDue || next.late, score })
    return true
  }

  #aroundOf(of: WatchedGroup, groups: readonly WatchedGroup[], until: number): WatchedGroup[] {
    const { reach, nearest } = this.#options
    const self = groups.indexOf(of)
    return groups.filter(({ group }, at) => {
      const isNear = at !== self && Math.abs(at - self) <= nearest
      return isNear && group.first >= of.group.first - reach && group.first <= until
    })
  }

  #secondRow({ group, facts, score = 0 }: WatchedGroup, around: readonly WatchedGroup[]): Float64Array {
    const others = around.filter((it) => it.group.signature !== group.signature || it.group.host !== group.host)
    const here = others.filter((it) => it.group.host === group.host)
    const strongest = Math.max(-9, ...others.map((it) => it.score!))
    const strongestHere = Math.max(-9, ...here.map((it) => it.score!))
    const suspicious = others.filter((it) => it.score! > 0)
    const kinds = new Set(suspicious.map((it) => it.group.signature)).size
    const techniques = new Set(suspicious.flatMap((it) => it.group.techniques)).size
    const first = firstRow({ signature: group.signature, facts: facts! }, this.#model.priors)
    const learnt = [score, strongest, strongestHere, Math.log1p(kinds), Math.log1p(techniques)]
    const anchored = [strongest > 0 ? score : 0, strongestHere > 0 ? score : 0]
    return Float64Array.from([...first.subarray(0, FIRST_WIDTH), ...learnt, ...anchored])
  }

  #isPast({ group }: WatchedGroup, wait: number): boolean {
    return group.first + wait <= this.#now
  }

  #isFull(): boolean {
    return this.#window.length - this.decided.length > this.#options.maxWatched
  }
}
