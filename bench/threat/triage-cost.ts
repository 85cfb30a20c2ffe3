import { serialize, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { learn, type SeenAlert, Triage } from '@dengta/threat'
import { type Benchmark, figure, type Goal } from '../figure.ts'

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
  for (const load of LOADS) for (const found of await costOf(load)) emit(found)
}

interface Spent {
  readonly groups: number
  readonly cpuMs: number
}

async function costOf(load: Load) {
  const before = memoryMb()
  const triage = new Triage('busy', learn([]))
  const spent = Array.from({ length: load.minutes }, (_, minute) => spentIn(triage, alertsIn(load, minute)))
  const full = spent.filter(({ groups }) => groups > 0)
  const tenth = Math.ceil(full.length / 10)
  const first = perGroup(full.slice(0, tenth))
  const last = perGroup(full.slice(-tenth))
  const memory = memoryMb() - before
  const state = triage.save()
  const casesMb = sizeOf(state.cases) / 1e6
  const all = (await sizesOf(state)) / 1e6
  const groups = full.reduce((sum, each) => sum + each.groups, 0)
  const how = `SIMULATED; ${load.minutes} min of event time, ${groups} groups decided, ${ALERTS_A_GROUP} alerts a group`
  return [
    figure(`${load.name}: CPU a group, last tenth`, 1000 * last, 'µs', { yardstick: how }),
    figure(`${load.name}: CPU a group, last tenth / first tenth`, last / first, 'x', {
      goal: NO_DEARER,
      yardstick: `first tenth ${(1000 * first).toFixed(0)} µs`,
    }),
    figure(`${load.name}: state of the cases`, casesMb, 'MB', {
      yardstick: `${state.cases.length} cases; all of the state ${all.toFixed(1)} MB`,
    }),
    figure(`${load.name}: memory held`, memory, 'MB', { yardstick: 'heap and outside of it, after collection' }),
  ]
}

function spentIn(triage: Triage, alerts: readonly SeenAlert[]): Spent {
  const before = process.cpuUsage()
  let groups = 0
  for (const alert of alerts) groups += triage.add(alert).length
  const { user, system } = process.cpuUsage(before)
  return { groups, cpuMs: (user + system) / 1000 }
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

function sizesOf({ watch, cases }: ReturnType<Triage['save']>): number {
  const { grouper, history, window } = watch
  const lists = [grouper.open, history.signatures, history.pairs, history.hosts, window, cases]
  return lists.reduce((sum, list) => sum + sizeOf(list), 0)
}

/** Bytes, as a checkpoint writes them. */
function sizeOf(items: readonly unknown[]): number {
  let bytes = 0
  for (let from = 0; from < items.length; from += 256) bytes += serialize(items.slice(from, from + 256)).length
  return bytes
}

function memoryMb(): number {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  const { heapUsed, external } = process.memoryUsage()
  return (heapUsed + external) / 1e6
}
