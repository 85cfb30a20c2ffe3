import type { AlertGroup } from '../../group/alert-group.ts'
import type { Incident } from '../../incident/incident.ts'
import type { HistoryState } from '../../triage/history.ts'
import type { WatchState } from '../../triage/watch.ts'
import type { TriageStageState } from './triage-state.ts'

type GroupOf = (group: AlertGroup) => AlertGroup

/** The state with every time at most `latest`, milliseconds since 1970. Groups that were one stay one. */
export function broughtBack(state: TriageStageState, latest: number): TriageStageState {
  const { triage, book, newest } = state
  const groups = groupsUntil(latest)
  const incidents = book.live.map((each) => incidentUntil(each, groups, latest))
  const time = newest && { ...newest, eventMs: Math.min(newest.eventMs, latest) }
  return {
    triage: { ...triage, watch: watchUntil(triage.watch, groups, latest) },
    book: { ...book, live: incidents },
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

function incidentUntil(incident: Incident, groups: GroupOf, latest: number): Incident {
  const findings = incident.findings.map((each) => ({ ...each, group: groups(each.group) }))
  return {
    ...incident,
    first: Math.min(incident.first, latest),
    last: Math.min(incident.last, latest),
    findings,
  }
}
