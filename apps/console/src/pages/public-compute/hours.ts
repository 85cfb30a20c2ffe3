/** One value an hour of values by slot: `fold` of the slots that the hour meets. Slots longer than an hour fill several. */
export function byHour(
  values: readonly number[],
  slotMinutes: number,
  fold: (a: number, b: number) => number,
): number[] {
  const hours = Math.ceil((values.length * slotMinutes) / 60)
  return Array.from({ length: hours }, (_, hour) => {
    const from = Math.floor((hour * 60) / slotMinutes)
    const to = Math.min(values.length, Math.max(from + 1, Math.ceil(((hour + 1) * 60) / slotMinutes)))
    return values.slice(from, to).reduce(fold)
  })
}

/** What is free through the whole hour. */
export const least = (a: number, b: number): number => Math.min(a, b)

/** The mean of an hour. */
export function meanByHour(values: readonly number[], slotMinutes: number): number[] {
  const sums = byHour(values, slotMinutes, (a, b) => a + b)
  const counts = byHour(
    values.map(() => 1),
    slotMinutes,
    (a, b) => a + b,
  )
  return sums.map((sum, hour) => sum / counts[hour]!)
}
