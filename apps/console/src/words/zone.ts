/** A distance from UTC in minutes, east of it above zero, as people write it: `UTC+8`, `UTC−3:30`, `UTC`. */
export function zoneName(minutes: number): string {
  if (minutes === 0) return 'UTC'
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
  return `UTC${minutes < 0 ? '−' : '+'}${hours}${rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`}`
}

/** The zone of the reader at a moment, summer time and all. */
export const zoneAt = (at: Date): string => zoneName(0 - at.getTimezoneOffset())
