import type { EnergyMeter, MachineReading } from './energy-meter.ts'

export interface RunEnergy {
  readonly joules: number
  readonly metered: boolean
  readonly source: string
}

/** Starts to count the energy of one run; call the answer with the processor time it used. Counters that fail leave an estimate. */
export async function countEnergy(
  meter: EnergyMeter | undefined,
  wattsPerCore: number,
): Promise<(cpuSeconds: number) => Promise<RunEnergy>> {
  const before = await readingOf(meter)
  return async (cpuSeconds) => {
    const after = before && (await readingOf(meter))
    return meter && before && after
      ? shareOf(before, after, { cpuSeconds, packages: meter.packages })
      : { joules: cpuSeconds * wattsPerCore, metered: false, source: `processor time x ${wattsPerCore} W a core` }
  }
}

/** Undefined where there is no meter, or it may not be read any more: a run must not fail for that. */
async function readingOf(meter: EnergyMeter | undefined): Promise<MachineReading | undefined> {
  try {
    return await meter?.read()
  } catch {
    return undefined
  }
}

/** What the packages drew, shared by processor time: idle power goes to whoever computed. */
function shareOf(
  before: MachineReading,
  after: MachineReading,
  { cpuSeconds, packages }: { readonly cpuSeconds: number; readonly packages: readonly string[] },
): RunEnergy {
  const busy = after.busySeconds - before.busySeconds
  const share = busy <= 0 ? 0 : Math.min(1, cpuSeconds / busy)
  return {
    joules: share * (after.joules - before.joules),
    metered: true,
    source: `RAPL of ${packages.join(', ')}, shared by processor time`,
  }
}
