import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { type Caller, HOUSE, type Route, systemClock, timeOrderedIds, utf8 } from '@dengta/kernel'
import { type Ledger, ledgerMigrations, openLedger } from '@dengta/ledger'
import { openSandbox, type Sandbox } from '@dengta/sandbox'
import type { Store, TestStores } from '@dengta/store'
import { type BenchmarkParts, benchmarkPlugin } from '../plugin.ts'
import { sampleNumbers } from '../training/sample-rows.ts'

const OWNER: Caller = { participant: 'plant', name: 'Plant', roles: ['owner'] }
export const DEVELOPER: Caller = { participant: 'maker', name: 'Maker', roles: ['developer'] }
export const AUDITOR: Caller = { participant: 'audit', name: 'Audit', roles: ['auditor'] }

/** A benchmark with the inputs of `onnxOf`; y = a + 2 b - c plus a little noise, two hidden years. */
export const SAMPLE_BENCHMARK = `benchmark: sums
title: { en: Sums, zh: 求和 }
task: regression
columns:
  - { name: year, unit: '1', kind: number, use: period, range: [2000, 2100] }
  - { name: a, unit: '1', kind: number, use: feature }
  - { name: b, unit: '1', kind: number, use: feature }
  - { name: c, unit: '1', kind: number, use: feature }
  - { name: y, unit: kW, kind: number, use: target }
split: { kind: time, column: year, openUntil: 2012 }
hidden: target
metric: r2
guards: [mae]
acceptance: { threshold: 0.5, worstGroupFloor: 0.3 }
interval: { level: 0.95, resamples: 200, blockRows: 1, seed: 1 }
minimumPartRows: 5
leak: { exactVectors: 0, nearShare: 1, nearDistance: 0.000001 }
forms: [predictions, linear, trees, onnx]
limits: { modelBytes: 2000000, wallSeconds: 10, memoryBytes: 700000000 }
queryBudget: 6
`

export const HIDDEN_ROWS = 400

/** Rows of 2012 are open, those of 2013 and 2014 hidden. */
export function sampleCsv(): { readonly csv: string; readonly hiddenTargets: readonly number[] } {
  const numbers = sampleNumbers(800 * 4, 5)
  const rows = Array.from({ length: 800 }, (_, row) => {
    const [a, b, c, noise] = numbers.subarray(row * 4, row * 4 + 4) as unknown as [number, number, number, number]
    const year = row < 400 ? 2012 : row < 600 ? 2013 : 2014
    return { year, a, b, c, y: a + 2 * b - c + 0.01 * noise }
  })
  const lines = rows.map(({ year, a, b, c, y }) => [year, a, b, c, y].join(','))
  return { csv: `year,a,b,c,y\n${lines.join('\n')}\n`, hiddenTargets: rows.slice(400).map(({ y }) => y) }
}

export async function* pieces(...parts: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* parts
}

/** A whole domain for tests: real database, real log, real sandbox, one sealed benchmark. */
export interface SampleHouse {
  readonly store: Store
  readonly ledger: Ledger
  readonly parts: BenchmarkParts
  /** Every line that the operator's log got. */
  readonly log: readonly string[]
  call<T>(caller: Caller | undefined, place: string, request?: CallRequest): Promise<T>
  /** Waits until all that was queued is done. */
  idle(): Promise<void>
  close(): Promise<void>
}

interface CallRequest {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: object
  readonly body?: unknown
}

export interface SampleHouseOptions {
  readonly definition?: string
  readonly csv?: string
  /** Changes what the sandbox answers. */
  readonly sandbox?: (real: Sandbox) => Sandbox
}

export async function sampleHouse({ make }: TestStores, options: SampleHouseOptions = {}): Promise<SampleHouse> {
  const store = await make([...ledgerMigrations, ...benchmarkPlugin.migrations])
  const clock = systemClock
  const ledger = await openLedger({ store, clock, home: store.home, origin: 'test.example/log' })
  for (const name of [HOUSE, ...[OWNER, DEVELOPER, AUDITOR].map(({ participant }) => participant)])
    await ledger.createKey(name)
  const log: string[] = []
  const real = await openSandbox({ workFolder: join(store.home, 'sandbox') })
  const parts = await benchmarkPlugin.start({
    ...{ store, ledger, clock, random: randomBytes, ids: timeOrderedIds(clock, randomBytes) },
    scenarioOwner: async () => undefined,
    sandbox: options.sandbox?.(real) ?? real,
    log: (line) => log.push(line),
  })
  await store.jobs.start(parts.jobs)
  const call = caller(parts.routes)
  await call(OWNER, 'POST /api/v1/benchmarks', { body: { file: options.definition ?? SAMPLE_BENCHMARK } })
  await call(OWNER, 'POST /api/v1/benchmarks/:id/data', {
    params: { id: /benchmark: (\S+)/.exec(options.definition ?? SAMPLE_BENCHMARK)![1]! },
    query: { origin: 'simulated', licence: 'CC0', source: 'test' },
    body: pieces(utf8(options.csv ?? sampleCsv().csv)),
  })
  const close = async () => {
    await store.jobs.stop()
    await ledger.close()
    await store.close()
  }
  return { store, ledger, parts, log, call, idle: () => store.jobs.idle(), close }
}

function caller(routes: readonly Route[]): SampleHouse['call'] {
  return async (by, place, { params = {}, query = {}, body } = {}) => {
    const found = routes.find(({ method, path }) => `${method} ${path}` === place)!
    const answer = await found.handle({ caller: by, params, query, body })
    return (found.answer === 'raw' ? answer : found.answer.parse(answer)) as never
  }
}
