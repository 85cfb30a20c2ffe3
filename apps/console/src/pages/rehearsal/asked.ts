import type { GridRequest } from '@dengta/sdk'
import { minutesOf } from '../../parts/clock.ts'

/** A request of the grid as it stands in an address: depth and times in the units of the form. */
export interface Asked {
  readonly from?: string | undefined
  readonly minutes?: number | undefined
  /** Per cent. */
  readonly depth?: number | undefined
  readonly notice?: number | undefined
  /** Comma-separated; all where absent. */
  readonly sites?: string | undefined
}

/** The request that an address asks for; undefined where it asks for none, or for one that cannot be. */
export function requestOf({ from, minutes, depth, notice, sites }: Asked): GridRequest | undefined {
  if (from === undefined || minutesOf(from) === undefined || !minutes || !depth) return undefined
  return {
    ...{ from, minutes, depth: depth / 100, noticeMinutes: notice ?? 0 },
    ...(sites ? { sites: sites.split(',') } : {}),
  }
}

/** What the form holds. */
export interface FilledRequest {
  readonly from: string
  readonly minutes: number
  readonly depth: number
  readonly notice: number
  readonly sites: readonly string[]
  /** How many sites there are: all of them need not be named. */
  readonly of: number
}

export function askedOf({ from, minutes, depth, notice, sites, of }: FilledRequest): Asked {
  return { from, minutes, depth, notice, sites: sites.length === of ? undefined : sites.join(',') }
}

/** What of an address is a request; anything that is not of its kind is left out. */
export function askedSearch({ from, minutes, depth, notice, sites }: Readonly<Record<string, unknown>>): Asked {
  const count = (value: unknown) => (typeof value === 'number' && value >= 0 ? value : undefined)
  const word = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)
  return {
    ...{ from: word(from), minutes: count(minutes), depth: count(depth) },
    ...{ notice: count(notice), sites: word(sites) },
  }
}
