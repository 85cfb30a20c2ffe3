/** Maps values onto a width of 0 to 100 per cent. `ticks` are round numbers inside the range. */
export interface Scale {
  readonly low: number
  readonly high: number
  readonly ticks: readonly number[]
  /** Position in per cent, held inside the frame. */
  at(value: number): number
}

/** A scale over all values, with a little air on both sides. One value, or none, still gives a scale. */
export function scaleOver(values: readonly number[]): Scale {
  const finite = values.filter(Number.isFinite)
  const least = Math.min(...finite, Number.POSITIVE_INFINITY)
  const most = Math.max(...finite, Number.NEGATIVE_INFINITY)
  if (least > most) return scaleOver([0, 1])
  const air = most === least ? Math.abs(most) || 1 : (most - least) * 0.06
  return scale(least - air, most + air)
}

function scale(low: number, high: number): Scale {
  const at = (value: number) => Math.min(100, Math.max(0, ((value - low) / (high - low)) * 100))
  return { low, high, ticks: ticksWithin(low, high), at }
}

/** Between two and eight round numbers: steps of 1, 2 or 5 times a power of ten. */
function ticksWithin(low: number, high: number): readonly number[] {
  const rough = (high - low) / 6
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10) * power
  const first = Math.ceil(low / step)
  const count = Math.floor(high / step) - first + 1
  return Array.from({ length: count }, (_, i) => Number(((first + i) * step).toPrecision(12)))
}
