import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Energy and processor time of the whole machine, counted on from when the meter was opened. */
export interface MachineReading {
  readonly joules: number
  readonly busySeconds: number
}

/** Running average power limit counters of the processor packages (kernel: power/powercap). */
export interface EnergyMeter {
  /** Names of the packages that are metered, e.g. `package-0`. */
  readonly packages: readonly string[]
  read(): Promise<MachineReading>
  close(): void
}

export interface EnergyMeterOptions {
  readonly powercap?: string
  readonly stat?: string
}

/** Counters wrap, at 200 W after some twenty minutes: they are read at least this often, milliseconds. */
const READ_EVERY = 30_000
/** Clock ticks of /proc/stat, fixed for programs on Linux. */
const TICKS_A_SECOND = 100

interface Package {
  readonly name: string
  readonly file: string
  readonly range: number
  last: number
}

/** Opens the counters; undefined where the machine has none that may be read (virtual machines, other users than root). */
export async function openEnergyMeter(options: EnergyMeterOptions = {}): Promise<EnergyMeter | undefined> {
  const { powercap = '/sys/class/powercap', stat = '/proc/stat' } = options
  const packages = await findPackages(powercap)
  if (packages.length === 0) return undefined
  let microjoules = 0
  const count = async (): Promise<void> => {
    for (const each of packages) {
      const now = Number(await readFile(each.file, 'utf8'))
      microjoules += now >= each.last ? now - each.last : now + each.range - each.last
      each.last = now
    }
  }
  let last = Promise.resolve()
  const inTurn = (): Promise<void> => {
    last = last.catch(() => {}).then(count)
    return last
  }
  const timer = setInterval(() => void inTurn().catch(() => {}), READ_EVERY).unref()
  return {
    packages: packages.map(({ name }) => name),
    read: async () => {
      await inTurn()
      return { joules: microjoules / 1e6, busySeconds: busySeconds(await readFile(stat, 'utf8')) }
    },
    close: () => clearInterval(timer),
  }
}

/** Zones named `package-N` are whole processors; those below are parts of one, and `psys` counts the packages once more. */
async function findPackages(folder: string): Promise<Package[]> {
  const zones = await readdir(folder).catch(() => [])
  const found = zones
    .filter((zone) => /^intel-rapl:\d+$/.test(zone))
    .map(async (zone): Promise<Package | undefined> => {
      const read = (name: string) => readFile(join(folder, zone, name), 'utf8')
      try {
        const name = (await read('name')).trim()
        if (!name.startsWith('package-')) return undefined
        const [now, range] = await Promise.all([read('energy_uj'), read('max_energy_range_uj')])
        return { name, file: join(folder, zone, 'energy_uj'), range: Number(range), last: Number(now) }
      } catch {
        return undefined
      }
    })
  return (await Promise.all(found)).filter((each) => each !== undefined)
}

/** user, nice, system, irq, softirq, steal of the first line. */
function busySeconds(stat: string): number {
  const [user, nice, system, , , irq, softirq, steal] = stat.split('\n', 1)[0]!.split(/\s+/).slice(1).map(Number)
  return (user! + nice! + system! + irq! + softirq! + steal!) / TICKS_A_SECOND
}
