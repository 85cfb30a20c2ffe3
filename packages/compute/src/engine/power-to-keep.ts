import type { NodeLimit } from '../controller/power-limits.ts'
import type { KeptPower } from '../executor/kept-power.ts'
import { MINUTE } from '../settlement/meter.ts'
import { leftOf } from './engine-limits.ts'
import type { EventTarget } from './event-target.ts'

/** Events that begin later than this are kept for then. */
const AHEAD = 24 * 60 * MINUTE

/**
 * What an engine that can plan ahead should leave its jobs under announced events, where they may draw more now. Once an event has
 * begun the limits themselves hold it.
 */
export function powerToKeep(
  targets: readonly EventTarget[],
  sites: readonly Pick<NodeLimit, 'name' | 'limitKw'>[],
  now: number,
): KeptPower[] {
  const coming = targets.filter(({ from }) => from > now && from <= now + AHEAD)
  const kept = coming.flatMap((target) => {
    const { event, site, from, to } = target
    const limit = sites.find(({ name }) => name === site)?.limitKw ?? 0
    const leftKw = leastLeft(target)
    return leftKw < limit ? [{ event, site, leftKw, from, to }] : []
  })
  return deepestOf(kept)
}

/** What is kept for events that overlap at one site would add up, where only the deepest of them counts. */
function deepestOf(kept: readonly KeptPower[]): KeptPower[] {
  const chosen: KeptPower[] = []
  for (const each of kept.toSorted((one, other) => one.leftKw - other.leftKw))
    if (!chosen.some((other) => overlap(each, other))) chosen.push(each)
  return chosen
}

const overlap = (one: KeptPower, other: KeptPower): boolean =>
  one.site === other.site && one.from < other.to && other.from < one.to

function leastLeft(target: EventTarget): number {
  const { from, to, slotMinutes } = target
  let least = Number.POSITIVE_INFINITY
  for (let at = from; at < to; at += slotMinutes * MINUTE) least = Math.min(least, leftAt(target, at))
  return Math.max(0, Math.min(least, leftAt(target, to - 1)))
}

/** Others draw what the plan gave them under the event. */
const leftAt = (target: EventTarget, at: number): number => leftOf(target, Number.POSITIVE_INFINITY, at)
