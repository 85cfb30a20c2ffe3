import type { Caller } from '@dengta/kernel'
import type { GridEventView, GridRequest, Rehearsal } from '@dengta/sdk'
import type { Day } from '../day/day.ts'
import { mayRead } from '../site-board/viewer.ts'
import type { EventRequest, Rehearsed } from './rehearse.ts'

/** A request with nothing left to be filled in. */
export type FullRequest = GridEventView['request']

/** An announced event. */
export interface GridEventRow {
  readonly id: string
  readonly plan: string
  readonly state: GridEventView['state']
  readonly request: FullRequest
  readonly from: Date
  readonly to: Date
  readonly announcedBy: string
  readonly announcedAt: Date
  readonly promise: GridEventView['promise']
  readonly record: string
  readonly settlement?: GridEventView['settlement'] | undefined
}

export function gridEventView(row: GridEventRow): GridEventView {
  const { from, to, announcedAt, settlement, ...rest } = row
  return {
    ...rest,
    ...{ from: from.toISOString(), to: to.toISOString(), announcedAt: announcedAt.toISOString() },
    ...(settlement && { settlement }),
  }
}

/** All sites and no notice unless stated; a site that is named twice promises once. */
export function fullRequest({ from, minutes, depth, ...rest }: GridRequest, sites: readonly string[]): FullRequest {
  return { from, minutes, depth, noticeMinutes: rest.noticeMinutes ?? 0, sites: [...new Set(rest.sites ?? sites)] }
}

export function eventRequest({ from, ...rest }: FullRequest): EventRequest {
  const [hours, minutes] = from.split(':').map(Number)
  return { ...rest, fromMinute: hours! * 60 + minutes! }
}

/** The moments at which an event begins and ends. */
export function eventTimes({ startsAt }: Day, { fromMinute, minutes }: EventRequest): { from: Date; to: Date } {
  const at = (minute: number): Date => new Date(startsAt.getTime() + minute * 60_000)
  return { from: at(fromMinute), to: at(fromMinute + minutes) }
}

/** Planned energy in the window, and what the event leaves of it, kWh. */
export function eventEnergy({ minutes }: Rehearsed, depth: number): { plannedKwh: number; targetKwh: number } {
  const planned = minutes.plannedKw.reduce((sum, kw, i) => sum + (minutes.targetKw[i]! < 0 ? 0 : kw / 60), 0)
  return { plannedKwh: planned, targetKwh: planned * (1 - depth) }
}

/** Jobs of others keep their numbers and lose their names. */
export function anonymous(rehearsal: Rehearsal, caller: Caller): Rehearsal {
  const may = mayRead(caller)
  const jobs = rehearsal.jobs.map((each) => (may(each.participant) ? each : { ...each, job: '', participant: '' }))
  return { ...rehearsal, jobs }
}
