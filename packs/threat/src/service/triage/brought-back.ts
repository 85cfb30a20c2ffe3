import type { AlertGroup } from '../../group/alert-group.ts'
import type { IncidentBookState } from '../../incident/incident-book.ts'
import type { LiveIncidentState } from '../../incident/live-incident.ts'
import type { HistoryState } from '../../triage/history.ts'
import type { WatchState } from '../../triage/watch.ts'
import type { LargeTriage, TriageStageState } from './triage-state.ts'

type Whole = LargeTriage & Pick<TriageStageState, 'newest'>
type GroupOf = (group: AlertGroup) => AlertGroup

/** The state with every time at most `latest`, milliseconds since 1970. Groups that were one stay one. */
export function broughtBack(state: Whole, latest: number): Whole {
  const { triage, book, newest } = state
  const groups = groupsUntil(latest)
  const time = newest && { ...newest, eventMs: Math.min(newest.eventMs, latest) }
  return {
    triage: { ...triage, watch: watchUntil(triage.watch, groups, latest) },
    book: bookUntil(book, groups, latest),
    newest: time,
  }
}

function groupsUntil(latest: number): GroupOf {
  const known = new Map<AlertGroup, AlertGroup>()
  return (group) => {
    const there = known.get(group)
    if (there) return there
    const back = { ...group, first: Math.min(group.first, latest), last: Math.min(group.last, latest) }
    known.set(group, back)
    return back
  }
}

function watchUntil(watch: WatchState, groups: GroupOf, latest: number): WatchState {
  const { grouper, history, window, now } = watch
  return {
    ...watch,
    now: Math.min(now, latest),
    grouper: { ...grouper, open: grouper.open.map(groups) },
    history: historyUntil(history, latest),
    window: window.map((watched) => ({ ...watched, group: groups(watched.group) })),
  }
}

function historyUntil({ start, signatures, pairs, hosts }: HistoryState, latest: number): HistoryState {
  const seen = (entries: HistoryState['hosts']): HistoryState['hosts'] =>
    entries.map(([key, each]) => [key, { ...each, last: Math.min(each.last, latest) }])
  return {
    start: start === undefined ? start : Math.min(start, latest),
    ...{ signatures: seen(signatures), pairs: seen(pairs), hosts: seen(hosts) },
  }
}

function bookUntil(book: IncidentBookState, groups: GroupOf, latest: number): IncidentBookState {
  const live = book.live.map((each) => incidentUntil(each, groups, latest))
  return { ...book, now: Math.min(book.now, latest), live }
}

function incidentUntil({ sum, recent, until, reach }: LiveIncidentState, groups: GroupOf, latest: number) {
  const { first, last } = sum.figures
  return {
    sum: { ...sum, figures: { ...sum.figures, first: Math.min(first, latest), last: Math.min(last, latest) } },
    recent: recent.map((each) => ({ ...each, group: groups(each.group) })),
    until: Math.min(until, latest),
    reach: reach.map(([key, time]) => [key, Math.min(time, latest)] as const),
  }
}
