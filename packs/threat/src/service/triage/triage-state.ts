import { deserialize, serialize } from 'node:v8'
import type { AlertGroup } from '../../group/alert-group.ts'
import type { BookOfBefore, IncidentBookState } from '../../incident/incident-book.ts'
import type { Seen as SeenAt } from '../../pipeline/stage/live-time.ts'
import type { FrozenState } from '../../pipeline/stage/stage.ts'
import type { Seen } from '../../triage/history.ts'
import { numbersAround } from '../../triage/saved-case.ts'
import type { TriageState } from '../../triage/triage.ts'
import { BOOK_LISTS, type BookLists, liveFrom, namesOf, reachOf, recentOf, sumsOf } from './book-lists.ts'

/** All that grows: groups, history, cases, incidents. */
export interface LargeTriage {
  readonly triage: TriageState
  readonly book: IncidentBookState
}

/** All of the state; before there was a large part, `save` answered it whole. */
export interface TriageStageState extends Omit<LargeTriage, 'book'> {
  readonly book: IncidentBookState | BookOfBefore
  /** Sets live time. A state of before it was kept takes it from the next alert. */
  readonly newest?: SeenAt | undefined
}

type Watched = TriageState['watch']['window'][number]
type Kept = TriageState['cases'][number]

/** What is written, as lists without references: groups stand once, elsewhere their numbers. */
interface Lists extends BookLists {
  readonly open: AlertGroup[]
  /** Groups that no alert joins any more. */
  readonly over: AlertGroup[]
  readonly window: (Omit<Watched, 'group'> & { readonly group: number })[]
  readonly signatures: [string, Seen][]
  readonly pairs: [string, Seen][]
  readonly hosts: [string, Seen][]
  readonly cases: Kept[]
  /** In a state of before they were kept in the window. */
  readonly scores: (readonly [number, number])[]
}

interface Numbers {
  readonly now: number
  readonly start: number | undefined
  readonly nextGroup: number
  readonly nextIncident: number
  /** First alert of the newest finding; absent in a state of before it was kept. */
  readonly newestFinding?: number
  readonly settled: number
  readonly decided: number
}

/** Items in one block, which is written in one step. */
export const WRITE_STEP = 256
/** So many numbers about the groups around a case weigh as much as one item. */
const LIGHT = 256

/** Pieces: the numbers, then blocks of lists, each behind its length; a block a step. What is written must not change. */
export function* writeTriage({ triage, book }: LargeTriage): FrozenState {
  const { grouper, history, window, ...rest } = triage.watch
  const numbers: Numbers = {
    ...rest,
    start: history.start,
    nextGroup: grouper.next,
    nextIncident: book.next,
    newestFinding: book.now,
  }
  const known = new Set<number>()
  return [
    ...framed(numbers),
    ...(yield* blocks('open', firstOf(grouper.open, known))),
    ...(yield* blocks('over', firstOf(groupsIn({ triage, book }), known))),
    ...(yield* blocks(
      'window',
      eachOf(window, (watched) => ({ ...watched, group: watched.group.number })),
    )),
    ...(yield* blocks('signatures', history.signatures)),
    ...(yield* blocks('pairs', history.pairs)),
    ...(yield* blocks('hosts', history.hosts)),
    ...(yield* blocks('cases', triage.cases, (it) => 1 + numbersAround(it) / LIGHT)),
    ...(yield* blocks('sums', sumsOf(book.live))),
    ...(yield* blocks('names', namesOf(book.live))),
    ...(yield* blocks('recent', recentOf(book.live))),
    ...(yield* blocks('reach', reachOf(book.live))),
  ]
}

/** What `writeTriage` wrote, joined. Who held one group holds one again. */
export function readTriage(bytes: Uint8Array): LargeTriage {
  const { numbers, lists } = listsFrom(bytes)
  const { now, start, nextGroup, nextIncident, newestFinding = Number.NEGATIVE_INFINITY, settled, decided } = numbers
  const { open, over, cases, scores, signatures, pairs, hosts } = lists
  const groups = new Map([...open, ...over].map((group) => [group.number, group]))
  const groupOf = (number: number) => groups.get(number) as AlertGroup
  const window = lists.window.map((watched) => ({ ...watched, group: groupOf(watched.group) }))
  const history = { start, signatures, pairs, hosts }
  const watch = { now, grouper: { next: nextGroup, open }, history, window, settled, decided }
  return {
    triage: { watch, cases, scores },
    book: { next: nextIncident, now: newestFinding, live: liveFrom(lists, groupOf) },
  }
}

function* blocks<N extends keyof Lists>(
  name: N,
  items: Iterable<Lists[N][number]>,
  weightOf: (item: Lists[N][number]) => number = () => 1,
): FrozenState {
  const pieces: Uint8Array[] = []
  let block: Lists[N][number][] = []
  let weight = 0
  for (const item of items) {
    block.push(item)
    weight += weightOf(item)
    if (weight < WRITE_STEP) continue
    pieces.push(...framed([name, block]))
    block = []
    weight = 0
    yield
  }
  return [...pieces, ...framed([name, block])]
}

function framed(value: unknown): Uint8Array[] {
  const bytes = serialize(value)
  const length = Buffer.alloc(4)
  length.writeUInt32LE(bytes.length)
  return [length, bytes]
}

function listsFrom(bytes: Uint8Array): { numbers: Numbers; lists: Lists } {
  const [numbers, ...read] = [...frames(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))]
  const listOf = (name: keyof Lists) =>
    (read as [keyof Lists, unknown[]][]).filter(([each]) => each === name).flatMap(([, items]) => items)
  const lists = Object.fromEntries(LISTS.map((name) => [name, listOf(name)]))
  return { numbers: numbers as Numbers, lists: lists as unknown as Lists }
}

const LISTS: readonly (keyof Lists)[] = [
  ...(['open', 'over', 'window', 'signatures', 'pairs', 'hosts', 'cases', 'scores'] as const),
  ...BOOK_LISTS,
]

function* frames(bytes: Buffer): Generator<unknown> {
  for (let at = 0; at < bytes.length; ) {
    const end = at + 4 + bytes.readUInt32LE(at)
    yield deserialize(bytes.subarray(at + 4, end))
    at = end
  }
}

/** Each group where it comes first. */
function* firstOf(groups: Iterable<AlertGroup>, known: Set<number>): Generator<AlertGroup> {
  for (const group of groups) {
    if (known.has(group.number)) continue
    known.add(group.number)
    yield group
  }
}

function* groupsIn({ triage, book }: LargeTriage): Generator<AlertGroup> {
  for (const { group } of triage.watch.window) yield group
  for (const { recent } of book.live) for (const { group } of recent) yield group
}

function* eachOf<T, C>(items: Iterable<T>, of: (item: T) => C): Generator<C> {
  for (const item of items) yield of(item)
}
