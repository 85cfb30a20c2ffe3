import { type Caller, type Clock, utf8 } from '@dengta/kernel'
import type { Ledger, NewRecord } from '@dengta/ledger'
import type { BenchmarkView, NewBenchmark } from '@dengta/sdk'
import type { Store } from '@dengta/store'
import type { DataSetStore } from '../data-set/data-set-store.ts'
import { type Benchmark, directionOf } from './benchmark.ts'
import { benchmarkErrors as errors } from './benchmark-errors.ts'
import type { BenchmarkStore } from './benchmark-store.ts'
import { benchmarkViewOf } from './benchmark-view.ts'
import { splitText } from './benchmark-words.ts'
import { definitionDigest, readDefinition } from './read-definition.ts'
import type { OpenTables } from './tables-open.ts'

export interface BenchmarkService {
  /** Throws `benchmark.exists`, `benchmark.unknown_scenario`, `benchmark.not_your_scenario` and the errors of `readDefinition`. */
  define(caller: Caller, request: NewBenchmark): Promise<BenchmarkView>
  list(): Promise<readonly BenchmarkView[]>
  /** Throws `benchmark.missing`. */
  view(id: string): Promise<BenchmarkView>
  /** Throws `benchmark.missing`. */
  get(id: string): Promise<Benchmark>
}

export interface BenchmarkServiceParts {
  readonly store: Store
  readonly ledger: Ledger
  readonly clock: Clock
  readonly benchmarks: BenchmarkStore
  readonly dataSets: DataSetStore
  /** Who owns a scenario; undefined where there is no such scenario. */
  readonly scenarioOwner: (scenario: string) => Promise<string | undefined>
}

export function benchmarkService(parts: BenchmarkServiceParts): BenchmarkService {
  const { benchmarks } = parts
  const get = async (id: string): Promise<Benchmark> => {
    const benchmark = await benchmarks.find(id)
    if (!benchmark) throw errors.missing({ id })
    return benchmark
  }
  return {
    get,
    define: async (caller, request) => viewOf(parts, await define(parts, caller, request)),
    list: async () => Promise.all((await benchmarks.list()).map((benchmark) => viewOf(parts, benchmark))),
    view: async (id) => viewOf(parts, await get(id)),
  }
}

async function define(parts: BenchmarkServiceParts, caller: Caller, request: NewBenchmark): Promise<Benchmark> {
  const { store, ledger, benchmarks, clock } = parts
  const { scenario } = request
  if (scenario !== undefined) await checkScenario(parts, caller, scenario)
  const definition = readDefinition(request.file)
  const id = definition.benchmark
  if (await benchmarks.find(id)) throw errors.exists({ id })
  const { digest: file } = await store.blobs.put(utf8(request.file))
  const stated = {
    id,
    scenario,
    owner: caller.participant,
    definition,
    definitionDigest: definitionDigest(definition),
    file,
  }
  return store.transaction<OpenTables, Benchmark>(async (tx) => {
    const record = await ledger.append(tx, defining(stated))
    const benchmark = { ...stated, record: record.id, createdAt: clock.now() }
    await benchmarks.create(tx, benchmark)
    return benchmark
  })
}

async function checkScenario(
  { scenarioOwner }: BenchmarkServiceParts,
  caller: Caller,
  scenario: string,
): Promise<void> {
  const owner = await scenarioOwner(scenario)
  if (owner === undefined) throw errors.unknown_scenario({ scenario })
  if (owner !== caller.participant) throw errors.not_your_scenario({ scenario })
}

function defining(benchmark: Omit<Benchmark, 'record' | 'createdAt'>): NewRecord<'benchmark'> {
  const { id, scenario, definition, definitionDigest: digest } = benchmark
  return {
    kind: 'benchmark',
    actor: benchmark.owner,
    subjects: [{ name: `benchmark/${id}`, digest: { sha256: digest } }],
    predicate: {
      basis: [],
      ...(scenario !== undefined && { scenario }),
      benchmark: id,
      title: definition.title,
      task: definition.task,
      metric: definition.metric,
      direction: directionOf(definition.metric),
      split: { kind: definition.split.kind, rule: splitText(definition.split) },
      definition: digest,
    },
  }
}

async function viewOf({ store, dataSets }: BenchmarkServiceParts, benchmark: Benchmark): Promise<BenchmarkView> {
  const file = new TextDecoder().decode(await store.blobs.get(benchmark.file))
  return benchmarkViewOf({ benchmark, file, dataSet: await dataSets.current(benchmark.id) })
}
