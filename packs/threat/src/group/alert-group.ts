import type { SeenAlert } from './seen-alert.ts'

/** Alerts of one signature on one host with no pause longer than the gap. What an analyst looks at once. */
export interface AlertGroup {
  /** Number of the group in its stream, from 0; never used twice. */
  readonly number: number
  readonly signature: string
  readonly host: string
  readonly detector: string
  readonly level: string
  /** Event time of the first alert, ms. */
  readonly first: number
  last: number
  alerts: number
  /** Id of the first alert: the way back to the evidence. */
  readonly firstAlert: string
  /** Replaced by longer lists and never changed: copies share them. */
  addresses: readonly string[]
  accounts: readonly string[]
  processes: readonly string[]
  techniques: readonly string[]
}

/** Distinct entities kept a group; further ones are counted by their alerts only. */
const MAX_ENTITIES = 32
const NONE: readonly string[] = []

export function openGroup(number: number, alert: SeenAlert): AlertGroup {
  const group: AlertGroup = {
    number,
    signature: alert.signature,
    host: alert.host,
    detector: alert.detector,
    level: alert.level,
    first: alert.time,
    last: alert.time,
    alerts: 0,
    firstAlert: alert.id,
    addresses: NONE,
    accounts: NONE,
    processes: NONE,
    techniques: NONE,
  }
  extendGroup(group, alert)
  return group
}

export function extendGroup(group: AlertGroup, alert: SeenAlert): void {
  group.alerts += 1
  if (alert.time > group.last) group.last = alert.time
  group.addresses = alert.addresses.reduce(withValue, group.addresses)
  group.techniques = alert.techniques.reduce(withValue, group.techniques)
  if (alert.account) group.accounts = withValue(group.accounts, alert.account)
  if (alert.process) group.processes = withValue(group.processes, alert.process)
}

/** What stands for a group in a copy: the same for the same group, so that all who hold it go on holding one. */
export type GroupCopy = (group: AlertGroup) => AlertGroup

/** The groups themselves: a copy for those who read it before anything else is added. */
export const sameGroup: GroupCopy = (group) => group

/** A copy of each group, whatever alerts it takes in afterwards. */
export function groupCopies(): GroupCopy {
  const copies = new Map<AlertGroup, AlertGroup>()
  return (group) => {
    const known = copies.get(group)
    if (known) return known
    const copy = { ...group }
    copies.set(group, copy)
    return copy
  }
}

/** `concat` takes as much memory as the list needs; `push` onto an empty one makes room for 17. */
function withValue(list: readonly string[], value: string): readonly string[] {
  return list.length < MAX_ENTITIES && !list.includes(value) ? list.concat(value) : list
}
