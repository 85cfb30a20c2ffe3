import type { IncidentDetail } from '@dengta/sdk'

export type TimelineEntry = IncidentDetail['timeline'][number]

interface PlacedEntry {
  readonly entry: TimelineEntry
  /** Per cent of the width. */
  readonly left: number
  readonly width: number
}

export interface TimelineLanes {
  /** In the order in which hosts were reached: the way of an attacker reads from top to bottom. */
  readonly lanes: readonly { readonly host: string; readonly bars: readonly PlacedEntry[] }[]
  /** Milliseconds since 1970: first, middle, last. */
  readonly ticks: readonly number[]
  /** Hosts that have no lane. */
  readonly hidden: number
}

const LANES = 20

export function timelineLanes(entries: readonly TimelineEntry[]): TimelineLanes {
  if (entries.length === 0) return { lanes: [], ticks: [], hidden: 0 }
  const sorted = entries.toSorted((a, b) => Date.parse(a.first) - Date.parse(b.first))
  const start = Date.parse(sorted[0]!.first)
  const end = Math.max(...entries.map(({ last }) => Date.parse(last)), start + 1000)
  const place = (entry: TimelineEntry): PlacedEntry => {
    const left = (100 * (Date.parse(entry.first) - start)) / (end - start)
    const width = (100 * (Date.parse(entry.last) - Date.parse(entry.first))) / (end - start)
    return { entry, left: Math.min(left, 98.5), width: Math.min(width, 100 - left) }
  }
  const hosts = [...new Set(sorted.map(({ host }) => host))]
  const lanes = hosts.slice(0, LANES).map((host) => ({
    host,
    bars: sorted.filter((entry) => entry.host === host).map(place),
  }))
  return { lanes, ticks: [start, (start + end) / 2, end], hidden: Math.max(0, hosts.length - LANES) }
}
