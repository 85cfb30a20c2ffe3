/** HH:MM after the start of the day, as plans and grid events say it; hours go on past 24 where the day is longer. */
export function clockOf(minutes: number): string {
  const hours = Math.floor(minutes / 60)
  return `${String(hours).padStart(2, '0')}:${String(minutes - hours * 60).padStart(2, '0')}`
}

/** Minutes of HH:MM; undefined where it is none. */
export function minutesOf(clock: string): number | undefined {
  const found = /^(\d{1,3}):([0-5]\d)$/.exec(clock)
  return found ? Number(found[1]) * 60 + Number(found[2]) : undefined
}

/** Round times to be written under a picture: at most `most` of them, the first and the last included. */
export function clockTicks(minutes: number, most = 8): readonly number[] {
  const step = [1, 5, 15, 30, 60, 120, 180, 240, 360, 720, 1440].find((each) => minutes / each <= most) ?? 2880
  return Array.from({ length: Math.floor(minutes / step) + 1 }, (_, i) => i * step)
}
