/** One measured figure. `holds` is computed from `value` and `goal`, never typed in. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly goal: string
  readonly holds: boolean
  /** What stands beside the figure: a yardstick run in the same process or right after, or how the figure was taken. */
  readonly yardstick: string
}

type Comparison = '<=' | '>=' | '='

export interface Goal {
  readonly is: Comparison
  readonly than: number
}

/** Rounds to what a reader needs and decides by the unrounded value. Where nobody has stated a goal there is none to miss. */
export function figure(
  name: string,
  value: number,
  unit: string,
  { goal, yardstick }: { goal?: Goal | undefined; yardstick: string },
): Figure {
  return {
    name,
    value: Number(value.toPrecision(4)),
    unit,
    goal: goal ? `${goal.is} ${goal.than} ${unit}` : 'none stated',
    holds: goal === undefined || meets(value, goal),
    yardstick,
  }
}

/** What was not measured, such as the longest of no waits, meets nothing. */
function meets(value: number, { is, than }: Goal): boolean {
  if (!Number.isFinite(value)) return false
  if (is === '=') return value === than
  return is === '<=' ? value <= than : value >= than
}

export type Benchmark = (emit: (figure: Figure) => void) => Promise<void>

/** Runs the benchmarks whose name holds `filter`, printing each figure as it falls; true if all hold. */
export async function runBenchmarks(benchmarks: Readonly<Record<string, Benchmark>>, filter: string): Promise<boolean> {
  let allHold = true
  for (const [name, benchmark] of Object.entries(benchmarks)) {
    if (!name.includes(filter)) continue
    await benchmark((found) => {
      allHold &&= found.holds
      process.stdout.write(`${JSON.stringify(found)}\n`)
    })
  }
  return allHold
}
