import type { AlertGroup } from '../../group/alert-group.ts'
import { atOnce } from '../../group/in-steps.ts'
import type { IncidentBookState } from '../../incident/incident-book.ts'
import { emptySum, IncidentSum } from '../../incident/incident-sum.ts'
import type { Seen } from '../../triage/history.ts'
import type { LargeTriage, TriageStageState } from './triage-state.ts'

const START = 1_700_000_000_000
const FACTS = 21

/** How much of everything there is. */
export interface Fullness {
  readonly cases: number
  readonly watched: number
  readonly open: number
  /** Keys of each history. */
  readonly keys: number
  /** Groups around each case. */
  readonly around: number
  readonly findings: number
}

/** As much as a network can have at once. */
export const FULL: Fullness = {
  cases: 50_000,
  watched: 20_000,
  open: 100_000,
  keys: 200_000,
  around: 40,
  findings: 2000,
}

const listOf = <T>(length: number, of: (at: number) => T): T[] => Array.from({ length }, (_, at) => of(at))

function groupAt(number: number): AlertGroup {
  const first = START + number * 10
  const names = { addresses: [`10.0.${number >> 8}.${number & 255}`], accounts: [`user-${number}`], processes: ['sh'] }
  const said = { signature: `Rule ${number % 500}`, host: `host-${number}`, detector: 'sigma', level: 'high' }
  return { number, ...said, first, last: first, alerts: 3, firstAlert: `a${number}`, ...names, techniques: ['T1059'] }
}

/** A state as it was saved before its large part was written apart. The newest open groups are watched, the oldest found. */
export function triageStateOf({
  cases,
  watched,
  open,
  keys,
  around,
  findings,
}: Fullness): LargeTriage & Pick<TriageStageState, 'newest'> {
  const seen = (name: string): [string, Seen][] =>
    listOf(keys, (at) => [`${name} ${at}`, { groups: at, last: START, burst: 2 }])
  const history = { start: START, signatures: seen('signature'), pairs: seen('pair'), hosts: seen('host') }
  const groups = listOf(open, groupAt)
  const once: Seen = { groups: 1, last: START, burst: 1 }
  const window = groups.slice(open - watched).map((group) => {
    const past = { signature: once, pair: once, host: once, start: START }
    return { group, past, late: false, burst: 2, facts: listOf(FACTS, (at) => at / 7) }
  })
  const kept = listOf(cases, (number) => {
    const { signature, host, first, techniques } = groupAt(number)
    const before = Math.min(around, number)
    const places = listOf(before, (at) => number - before + at)
    const facts = listOf(FACTS, (at) => at / 3)
    return { number, signature, host, first, techniques, facts, around: places, disposition: undefined }
  })
  return {
    triage: {
      watch: { now: START + 10 * open, grouper: { next: open, open: groups }, history, window, settled: 0, decided: 0 },
      cases: kept,
      scores: window.map(({ group }) => [group.number, 0.5]),
    },
    book: bookOf(groups.slice(0, findings)),
    newest: { eventMs: START + 10 * open, receivedMs: START + 10 * open },
  }
}

/** One open incident that holds these groups, all of them recent. */
function bookOf(groups: readonly AlertGroup[]): IncidentBookState {
  const sum = new IncidentSum(emptySum(0, groupAt(0)))
  for (const group of groups) sum.add({ group, score: 3 })
  sum.become('open')
  const recent = groups.map((group) => ({ group, counted: group.alerts, told: group.alerts }))
  const reach = [['account admin', START - 7_200_000]] as const
  const live = [{ sum: atOnce(sum.freeze()), recent, until: START - 7_200_000, reach }]
  return { next: 1, now: groups.at(-1)?.first ?? START, live }
}
