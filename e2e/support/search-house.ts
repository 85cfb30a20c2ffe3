import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { crawl, findFragments, findValues, hiddenFragments, readFolder } from './hidden-search.ts'
import { sealedRows } from './sealed-rows.ts'
import type { ServedHouse } from './served-house.ts'
import { openSmallBenchmark, SMALL, smallCsv } from './small-benchmark.ts'

/** Folders of a data folder that hold hidden rows by design, readable by the house alone. */
const SEALED = ['sealed', 'scoring', 'samples']

export interface HiddenSearch {
  /** Places searched: answers as anonymous, operator and developer, files, and what the process printed. */
  readonly places: number
  /** Hidden values and fragments looked for. */
  readonly values: number
  /** What was found, as `place: value`. */
  readonly found: readonly string[]
}

/** After a full run and some failures: does any hidden value stand in an answer, a log, an error, an export or a public file? */
export async function searchHouse(house: ServedHouse, home: string): Promise<HiddenSearch> {
  const errors = await provokeErrors(house)
  const open = await (await house.clientOf('vendor-a').downloadOpenRows('nox-forward')).text()
  const openLines = new Set(open.split('\n'))
  const fragments = hiddenFragments(
    (await sealedRows(home)).filter((row) => !openLines.has(row)),
    open,
  )
  const marked = await markedTargets(house)
  const { token } = JSON.parse(await readFile(join(home, 'run/server.json'), 'utf8')) as { token: string }
  const places = [
    ...(await crawl(house.address, token, house.clientOf())),
    ...(await readFolder(home, SEALED)),
    ['output', house.output()] as const,
    ['errors', errors] as const,
  ]
  const found = places.flatMap(([place, text]) =>
    [...findFragments(text, fragments), ...findValues(text, marked)].map((value) => `${place}: ${value}`),
  )
  return { places: places.length, values: fragments.size + marked.size, found }
}

/** Hidden targets of the small benchmark; its hidden features may be downloaded, its targets never. */
async function markedTargets(house: ServedHouse): Promise<Set<string>> {
  const open = await (await house.clientOf('small-dev').downloadOpenRows(SMALL)).text()
  const targets = (csv: string): string[] => csv.split('\n').map((row) => row.split(',')[2] ?? '')
  const shown = new Set(targets(open))
  return new Set(targets(smallCsv()).filter((value) => value.length > 8 && !shown.has(value)))
}

/** Seals the small benchmark with faults first, hands in broken models, and answers every error text. */
async function provokeErrors(house: ServedHouse): Promise<string> {
  await openSmallBenchmark(house.clientOf)
  const [owner, developer] = [house.clientOf('small-owner'), house.clientOf('small-dev')]
  const spoilt = smallCsv()
    .replace(/(\d)\n9,/, '$1x\n9,')
    .replace(/\n20,[^,]+,/, '\n20,999,')
  const about = { origin: 'simulated', licence: 'none', source: 'a test' } as const
  const model = {
    format: 'dengta-linear/v1',
    task: 'regression',
    inputs: ['x'],
    features: ['x'],
    centre: [0],
    scale: [1],
    coefficients: [1e308],
    intercept: 1e308,
  }
  const tries = [
    () => owner.sealData(SMALL, about, new TextEncoder().encode(spoilt)),
    () => developer.submitModel(SMALL, { form: 'linear', name: 'overflows' }, JSON.stringify(model)),
    () => developer.submitModel(SMALL, { form: 'predictions', name: 'short' }, '[1,2]'),
    () => developer.submitModel(SMALL, { form: 'onnx', name: 'garbage' }, 'garbage'),
  ]
  const answers = await Promise.all(
    tries.map((call) =>
      call().then(
        (answer) => JSON.stringify(answer),
        (error: unknown) => JSON.stringify(error) + String(error),
      ),
    ),
  )
  return answers.join('\n')
}
