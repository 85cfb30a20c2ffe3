import { serialize, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { learn, type SeenAlert, Triage, type TriageState } from '@dengta/threat'
import { type Benchmark, type Figure, figure, type Goal } from '../figure.ts'

const MINUTE = 60_000
const START = 1_700_000_000_000

/** How the groups of one invented network come. */
interface Load {
  readonly name: string
  readonly groupsPerMinute: number
  /** Event time. */
  readonly minutes: number
}

const LOADS: readonly Load[] = [
  { name: '20 groups a second, times pass 12 times as fast', groupsPerMinute: 100, minutes: 540 },
  { name: '5,000 groups a minute', groupsPerMinute: 5000, minutes: 120 },
]
const ALERTS_A_GROUP = 3
const SIGNATURES = 300
const HOSTS = 2000
/** The end may cost this much more than the beginning: histories and cases fill up, and so do the caches of the processor. */
const NO_DEARER: Goal = { is: '<=', than: 1.5 }

/** What triage costs in a network with many groups: CPU a group at the start and at the end, state and memory. SIMULATED. */
export const triageCost: Benchmark = async (emit) => {
  for (const load of LOADS) for (const found of costOf(load)) emit(found)
}

interface Spent {
  readonly groups: number
  readonly cpuMs: number
}

function costOf(load: Load): Figure[] {
  const before = memoryMb()
  const triage = new Triage('busy', learn([]))
  const minutes = Array.from({ length: load.minutes }, (_, minute) => spentIn(triage, alertsIn(load, minute)))
  const spent = minutes.filter(({ groups }) => groups > 0)
  const memory = memoryMb() - before
  return [...cpuFigures(load, spent), ...stateFigures(load, triage.save(), memory)]
}

function cpuFigures({ name, minutes }: Load, spent: readonly Spent[]): Figure[] {
  const tenth = Math.ceil(spent.length / 10)
  const [first, last] = [perGroup(spent.slice(0, tenth)), perGroup(spent.slice(-tenth))]
  const groups = spent.reduce((sum, each) => sum + each.groups, 0)
  return [
    figure(`${name}: CPU a group, last tenth`, 1000 * last, 'µs', {
      yardstick: `SIMULATED; ${minutes} min of event time, ${groups} groups decided, ${ALERTS_A_GROUP} alerts a group`,
    }),
    figure(`${name}: CPU a group, last tenth / first tenth`, last / first, 'x', {
      goal: NO_DEARER,
      yardstick: `first tenth ${(1000 * first).toFixed(0)} µs`,
    }),
  ]
}

function stateFigures({ name }: Load, state: TriageState, memory: number): Figure[] {
  const all = serialize(state).length
  const knowledge = learn([])
  const before = process.cpuUsage()
  new Triage('busy', knowledge, { state })
  const restoring = cpuMsSince(before)
  const cases = serialize(state.cases).length
  return [
    figure(`${name}: state of the cases`, cases / 1e6, 'MB', {
      yardstick: `${state.cases.length} cases; all of the state ${(all / 1e6).toFixed(1)} MB`,
    }),
    figure(`${name}: CPU to take up all of the state`, restoring, 'ms', {
      yardstick: 'once, at the start, after its bytes were read',
    }),
    figure(`${name}: memory held`, memory, 'MB', { yardstick: 'heap and outside of it, after collection' }),
  ]
}

function spentIn(triage: Triage, alerts: readonly SeenAlert[]): Spent {
  const before = process.cpuUsage()
  let groups = 0
  for (const alert of alerts) groups += triage.add(alert).length
  return { groups, cpuMs: cpuMsSince(before) }
}

function cpuMsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

/** Milliseconds. */
function perGroup(spent: readonly Spent[]): number {
  const total = (of: (each: Spent) => number) => spent.reduce((sum, each) => sum + of(each), 0)
  return total((each) => each.cpuMs) / total((each) => each.groups)
}

/** One minute of alerts in order of time; every group gets its alerts within a few seconds. */
function alertsIn({ groupsPerMinute }: Load, minute: number): SeenAlert[] {
  const random = randomFrom(minute)
  const alerts = Array.from({ length: groupsPerMinute }, () => {
    const [signature, host] = [Math.floor(SIGNATURES * random() ** 2), Math.floor(HOSTS * random())]
    const first = START + minute * MINUTE + Math.floor(55_000 * random())
    return Array.from({ length: ALERTS_A_GROUP }, (_, at) => alertOf(first + 1500 * at, signature, host))
  })
  return alerts.flat().sort((one, other) => one.time - other.time)
}

function alertOf(time: number, signature: number, host: number): SeenAlert {
  return {
    id: `${time}-${signature}-${host}`,
    time,
    signature: `Suspicious activity of kind ${signature} seen by the sensor`,
    level: 'medium',
    host: `host-${host}.example`,
    addresses: [`10.0.${host >> 8}.${host & 255}`],
    techniques: [`T1${100 + (signature % 40)}`],
    detector: 'sigma',
  }
}

/** Park and Miller's generator: numbers from 0 to 1. */
function randomFrom(seed: number): () => number {
  let state = (seed % 2_147_483_646) + 1
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

function memoryMb(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  const { heapUsed, external } = process.memoryUsage()
  return (heapUsed + external) / 1e6
}
