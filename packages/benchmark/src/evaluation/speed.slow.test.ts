import { utf8 } from '@dengta/kernel'
import type { BoardView, SubmissionView } from '@dengta/sdk'
import { testStores } from '@dengta/store'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exportOnnx } from '../model/onnx-export.ts'
import { DEVELOPER, pieces, SAMPLE_BENCHMARK, type SampleHouse, sampleHouse } from '../submission/sample-house.ts'
import { sampleNumbers } from '../training/sample-rows.ts'
import { trainFromOpenRows } from '../training/train-from-open-rows.ts'

const HIDDEN = 10_000
const OPEN = 5_000
const DEFINITION = SAMPLE_BENCHMARK.replace('queryBudget: 6', 'queryBudget: 1000')
  .replace('resamples: 200', 'resamples: 1000')
  .replace('modelBytes: 2000000', 'modelBytes: 20000000')

function bigCsv(): string {
  const numbers = sampleNumbers((OPEN + HIDDEN) * 4, 9)
  const lines = Array.from({ length: OPEN + HIDDEN }, (_, row) => {
    const [a, b, c, noise] = numbers.subarray(row * 4, row * 4 + 4) as unknown as [number, number, number, number]
    return [
      row < OPEN ? 2012 : row < OPEN + HIDDEN / 2 ? 2013 : 2014,
      a,
      b,
      c,
      Math.sin(6 * a) + b * c + noise / 5,
    ].join(',')
  })
  return `year,a,b,c,y\n${lines.join('\n')}\n`
}

function onnxNumber(k: number): Uint8Array {
  const names = ['a', 'b', 'c']
  const head = { inputs: names, features: names, centre: [0, 0, 0], scale: [1, 1, 1] }
  const coefficients = [-1 + k / 50, 0.5, 0.5]
  return exportOnnx({ format: 'dengta-linear/v1', task: 'regression', ...head, coefficients, intercept: 0.5 }, names)
}

const [embedded] = testStores()
describe(`speed on ${HIDDEN} hidden rows, ${embedded!.name}`, () => {
  let house: SampleHouse
  const csv = bigCsv()
  const submit = (form: string, bytes: Uint8Array) =>
    house.call<SubmissionView>(DEVELOPER, 'POST /api/v1/benchmarks/:id/submissions', {
      params: { id: 'sums' },
      query: { name: form, form },
      body: pieces(bytes),
    })
  beforeAll(async () => {
    house = await sampleHouse(embedded!, { definition: DEFINITION, csv })
  })
  afterAll(() => house.close())

  const timed = async (label: string, work: () => Promise<unknown>): Promise<number> => {
    const [start, cpu] = [performance.now(), process.cpuUsage()]
    await work()
    const wall = (performance.now() - start) / 1000
    const used = process.cpuUsage(cpu)
    console.log(
      `${label}: ${wall.toFixed(2)} s wall, ${((used.user + used.system) / 1e6).toFixed(2)} s CPU in the server`,
    )
    return wall
  }

  test('an ONNX submission from the request to the score, self-test of the sandbox included', async () => {
    const openRows = utf8(csv.slice(0, csv.indexOf('\n2013') + 1))
    const trees = await trainFromOpenRows({ definition: DEFINITION, openRows, kind: 'trees', form: 'onnx', seed: 1 })
    await timed('first, with reading the sealed rows', async () => {
      await submit('onnx', onnxNumber(-1))
      await house.idle()
    })
    const wall = await timed('200 trees', async () => {
      await submit('onnx', trees)
      await house.idle()
    })
    expect(wall).toBeLessThan(3)
  })
  test('100 queued submissions, and then the board', async () => {
    const wall = await timed('100 queued', async () => {
      for (let k = 0; k < 100; k += 1) await submit('onnx', onnxNumber(k))
      await house.idle()
    })
    expect(wall).toBeLessThan(60)
    const place = { params: { id: 'sums' } }
    const board = () => house.call<BoardView>(undefined, 'GET /api/v1/benchmarks/:id/board', place)
    await timed('board of 102, first', board)
    const again = await timed('board of 102, again', board)
    expect(again).toBeLessThan(0.5)
    expect((await board()).rows).toHaveLength(102)
  })
})
