import { readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { trainFromOpenRows } from '@dengta/benchmark'
import { concatBytes, utf8 } from '@dengta/kernel'
import type { Client, SubmissionView } from '@dengta/sdk'
import { type Benchmark, figure } from '../figure.ts'
import { hostile } from './hostile.ts'
import { withHouse } from './served-bench.ts'
import { openWideBenchmark, WIDE } from './wide-benchmark.ts'

const QUEUED = 100
const REPEATS = 5
const TICKS_PER_SECOND = 100

/** One ONNX submission of 10,000 hidden rows end to end, a queue of 100, and what hostile jobs come to. */
export const scoring: Benchmark = async (emit) => {
  await withHouse(['--no-programme'], async (house) => {
    await openWideBenchmark(house.clientOf)
    const developer = house.clientOf('wide-dev')
    const model = await trainOnnx(developer)
    await score(developer, variant(model, 0))
    const runs: Run[] = []
    for (let i = 1; i <= REPEATS; i += 1)
      runs.push(await measured(house.pid, () => score(developer, variant(model, i))))
    const engine = `${(model.length / 1024).toFixed(0)} KB boosted trees as ONNX; canary, sandbox, 1,000 bootstrap resamples and three records included; median of ${REPEATS}`
    emit(
      figure('10,000-row ONNX submission, accepted to scored', median(runs.map((run) => run.wall)), 's', {
        goal: { is: '<=', than: 1 },
        yardstick: engine,
      }),
    )
    emit(
      figure('10,000-row ONNX submission, processor time', median(runs.map((run) => run.cpu)), 's', {
        goal: { is: '<=', than: 1 },
        yardstick: 'server process and all its children',
      }),
    )
    const queued = Array.from({ length: QUEUED }, (_, i) => variant(model, 100 + i))
    const queue = await measured(house.pid, () => scoreAll(developer, queued))
    emit(
      figure(`${QUEUED} queued ONNX submissions`, queue.wall, 's', {
        goal: { is: '<=', than: 60 },
        yardstick: `${(queue.cpu / QUEUED).toFixed(2)} CPU-s each`,
      }),
    )
  })
  await hostile(emit)
}

async function trainOnnx(developer: Client): Promise<Uint8Array> {
  const { definition } = await developer.getBenchmark(WIDE)
  const openRows = new Uint8Array(await (await developer.downloadOpenRows(WIDE)).arrayBuffer())
  return trainFromOpenRows({ definition, openRows, kind: 'trees', form: 'onnx', seed: 1 })
}

/** Other bytes, same model: a second producer_version (field 3 of ModelProto) behind the file; the last one counts. */
function variant(model: Uint8Array, n: number): Uint8Array<ArrayBuffer> {
  const text = utf8(String(n).padStart(8, '0'))
  return new Uint8Array(concatBytes(model, Uint8Array.of((3 << 3) | 2, text.length), text))
}

async function score(developer: Client, model: Uint8Array<ArrayBuffer>): Promise<void> {
  const { id } = await developer.submitModel(WIDE, { form: 'onnx', name: 'bench' }, model)
  for (let scored = false; !scored; ) {
    await wait(20)
    scored = isScored(await developer.getSubmission(id))
  }
}

/** Hands in all, then asks for the list until every one is scored. */
async function scoreAll(developer: Client, models: readonly Uint8Array<ArrayBuffer>[]): Promise<void> {
  await Promise.all(models.map((model) => developer.submitModel(WIDE, { form: 'onnx', name: 'bench' }, model)))
  for (let done = false; !done; ) {
    await wait(500)
    done = (await developer.listSubmissions(WIDE)).every(isScored)
  }
}

function isScored({ state, refusal }: SubmissionView): boolean {
  if (state === 'refused') throw new Error(`refused: ${refusal?.text.en}`)
  return state === 'scored'
}

interface Run {
  readonly wall: number
  readonly cpu: number
}

async function measured(pid: number, work: () => Promise<unknown>): Promise<Run> {
  const [began, before] = [performance.now(), cpuSeconds(pid)]
  await work()
  return { wall: (performance.now() - began) / 1000, cpu: cpuSeconds(pid) - before }
}

/** User and system time of a process and of its ended children, from /proc/<pid>/stat. */
function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / TICKS_PER_SECOND
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
