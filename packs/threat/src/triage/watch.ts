import { type AlertGroup, type GroupCopy, sameGroup } from '../group/alert-group.ts'
import { GROUPING, Grouper, type GrouperOptions, type GrouperState } from '../group/grouper.ts'
import { atOnce, copied } from '../group/in-steps.ts'
import type { SeenAlert } from '../group/seen-alert.ts'
import type { Around } from './around.ts'
import { factsOf } from './facts.ts'
import { History, type HistoryState } from './history.ts'
import { Rows } from './rows.ts'
import { WatchWindow } from './watch-window.ts'
import type { WatchedGroup } from './watched-group.ts'

export interface WatchOptions {
  readonly grouping: GrouperOptions
  /** How far back groups count as around a group, ms. */
  readonly reach: number
  /** Groups that count as around one at most, before it and as many after it: a flood costs no more than that a group. */
  readonly nearest: number
  /** From a group's first alert until its facts are taken, ms. */
  readonly settle: number
  /** From a group's first alert until its decision is due, ms: the declared delay. */
  readonly delay: number
  /** Groups in the window at once; beyond it the oldest fall due early. */
  readonly maxWatched: number
}

export const WATCHING: WatchOptions = {
  grouping: GROUPING,
  reach: 1_800_000,
  nearest: 2000,
  settle: 900_000,
  delay: 1_800_000,
  maxWatched: 20_000,
}

/** A group whose decision is due, with the settled groups around it: those from `reach` before it until now. */
export interface DueGroup {
  readonly watched: WatchedGroup
  /** Holds until the listener returns. */
  readonly around: Around
  /** True where its facts are not complete: the window was full, or its alerts came late. */
  readonly incomplete: boolean
}

/** Is told what happens as time passes, in order; must not add to the watch. */
export interface WatchListener {
  /** The facts of a group are taken; answers its first score. */
  settled(watched: WatchedGroup): number
  due(due: DueGroup): void
}

export interface WatchState {
  readonly now: number
  readonly grouper: GrouperState
  readonly history: HistoryState
  readonly window: readonly SavedGroup[]
  readonly settled: number
  readonly decided: number
}

/** A state of before scores were kept here has none. */
type SavedGroup = Omit<WatchedGroup, 'facts' | 'score'> & {
  readonly facts?: ArrayLike<number> | undefined
  readonly score?: number | undefined
}

/** Groups that are forgotten at once. */
const FORGOTTEN = 256

/**
 * Watches one network's alerts in event time: groups them, takes the facts of each group once it has settled, and says
 * when its decision is due. Nothing after `first + delay` can reach a decision.
 */
export class Watch {
  readonly #options: WatchOptions
  readonly #grouper: Grouper
  readonly #history: History
  /** Ordered by first alert; [0, decided) are past their decision, [decided, settled) wait for it. */
  readonly #window: WatchWindow
  /** Those of the window whose facts are not taken yet. */
  readonly #open = new Map<AlertGroup, WatchedGroup>()
  readonly #rows = new Rows()
  #settled: number
  #decided: number
  #now: number

  constructor(options: WatchOptions = WATCHING, state?: WatchState) {
    this.#options = options
    this.#grouper = new Grouper(options.grouping, state?.grouper)
    this.#history = new History(state?.history)
    const open = new Map(state?.grouper.open.map((group) => [group.number, group]))
    const window = (state?.window ?? []).map(({ facts, score, ...rest }) => ({
      ...rest,
      group: open.get(rest.group.number) ?? rest.group,
      facts: facts && this.#rows.kept(facts),
      score,
    }))
    this.#window = new WatchWindow(window)
    this.#settled = state?.settled ?? 0
    for (const watched of window.slice(this.#settled)) this.#open.set(watched.group, watched)
    this.#decided = state?.decided ?? 0
    this.#now = state?.now ?? Number.NEGATIVE_INFINITY
  }

  /** Takes one alert in and answers its group; first lets everything fall due that its time passes. */
  add(alert: SeenAlert, listener: WatchListener): AlertGroup {
    this.advance(alert.time, listener)
    const { group, opened } = this.#grouper.add(alert)
    if (opened) this.#watch(group)
    else this.#count(group, alert.time)
    return group
  }

  /** The time of the stream; -Infinity before the first alert. */
  get now(): number {
    return this.#now
  }

  /** When the next decision is due; undefined where no group waits. */
  get nextDue(): number | undefined {
    const next = this.#window.at(this.#decided)
    return next && next.group.first + this.#options.delay
  }

  /** Moves the clock of the stream, which never runs backwards, and tells what settles or falls due. */
  advance(time: number, listener: WatchListener): void {
    this.#now = Math.max(this.#now, time)
    while (this.#settleNext(listener) || this.#decideNext(listener));
    this.#forget()
  }

  save(): WatchState {
    return atOnce(this.freeze(sameGroup))
  }

  /** The same in steps between which nothing may be added. Facts never change once they are taken. */
  *freeze(copyOf: GroupCopy): Generator<void, WatchState> {
    return {
      now: this.#now,
      grouper: yield* this.#grouper.freeze(copyOf),
      history: yield* this.#history.freeze(),
      window: yield* copied(this.#window.groups, (watched) => ({ ...watched, group: copyOf(watched.group) })),
      settled: this.#settled,
      decided: this.#decided,
    }
  }

  /** A late alert may open a group older than the newest: it takes its place among those not settled yet. */
  #watch(group: AlertGroup): void {
    const late = group.first + this.#options.settle <= this.#now
    const watched = { group, past: this.#history.open(group), late, burst: 1, facts: undefined, score: undefined }
    this.#open.set(group, watched)
    this.#window.insert(this.#placeOf(group), watched)
  }

  /** Those not settled are in order of their first alerts; of two at the same time the later known stands behind. */
  #placeOf({ first }: AlertGroup): number {
    const { columns, length } = this.#window
    let from = this.#settled
    let to = length
    while (from < to) {
      const middle = (from + to) >>> 1
      if (columns.first[middle]! > first) to = middle
      else from = middle + 1
    }
    return from
  }

  #count(group: AlertGroup, time: number): void {
    if (time > group.first + 60_000) return
    const watched = this.#open.get(group)
    if (watched) watched.burst += 1
  }

  #settleNext(listener: WatchListener): boolean {
    const next = this.#window.at(this.#settled)
    if (next === undefined || !(this.#isPast(next, this.#options.settle) || this.#full())) return false
    const around = this.#aroundOf(this.#settled, this.#window.length, Number.POSITIVE_INFINITY)
    next.facts = this.#rows.kept(factsOf(next, around))
    this.#history.settle(next.group, next.burst)
    this.#open.delete(next.group)
    this.#window.score(this.#settled, listener.settled(next))
    this.#settled += 1
    return true
  }

  /** One falls due only when all that settle before its time have settled. */
  #decideNext(listener: WatchListener): boolean {
    const next = this.#window.at(this.#decided)
    if (next === undefined || this.#decided >= this.#settled) return false
    const isDue = this.#isPast(next, this.#options.delay)
    if (!isDue && !this.#full()) return false
    const known = next.group.first + this.#options.delay - this.#options.settle
    const around = this.#aroundOf(this.#decided, this.#settled, known)
    this.#decided += 1
    listener.due({ watched: next, around, incomplete: !isDue || next.late })
    return true
  }

  /** Of the group at `self`; what lies at `end` or behind, or began after `until`, is not known yet. */
  #aroundOf(self: number, end: number, until: number): Around {
    const { nearest, reach } = this.#options
    const from = Math.max(0, self - nearest)
    const to = Math.min(end, self + 1 + nearest)
    return { window: this.#window, self, from, to, since: this.#window.columns.first[self]! - reach, until }
  }

  #isPast({ group }: WatchedGroup, wait: number): boolean {
    return group.first + wait <= this.#now
  }

  #full(): boolean {
    return this.#window.length - this.#decided > this.#options.maxWatched
  }

  /** Drops, in batches, what no coming decision can reach; a group that comes late finds less around it. */
  #forget(): void {
    if (this.#decided < FORGOTTEN) return
    const { reach, nearest, settle } = this.#options
    const { first } = this.#window.columns
    const next = this.#window.at(this.#decided)?.group.first ?? this.#now
    const oldest = Math.min(next, this.#now - settle) - reach
    let gone = Math.max(0, this.#decided - nearest)
    if (gone < FORGOTTEN && first[FORGOTTEN - 1]! >= oldest) return
    while (gone < this.#decided && first[gone]! < oldest) gone += 1
    if (gone < FORGOTTEN) return
    this.#window.drop(gone)
    this.#decided -= gone
    this.#settled -= gone
  }
}
