const DAY_MS = 86_400_000

/** The day of a time in UTC, `2026-03-02`; `back` days before it. Empty for none. */
export function dayOf(time: string | undefined, back = 0): string {
  return time === undefined ? '' : new Date(Date.parse(time) - back * DAY_MS).toISOString().slice(0, 10)
}

/** The first moment of a day; undefined for what is no day. */
export function startOf(day: string): string | undefined {
  const start = Date.parse(`${day}T00:00:00Z`)
  return Number.isNaN(start) ? undefined : new Date(start).toISOString()
}

/** The first moment after a day. */
export function endOf(day: string): string | undefined {
  const start = startOf(day)
  return start && new Date(Date.parse(start) + DAY_MS).toISOString()
}
