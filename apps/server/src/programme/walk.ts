import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ROLES } from '@dengta/kernel'
import { parse } from 'yaml'
import { z } from 'zod'
import { type Recipe, readRecipe } from './recipe.ts'

export const BASELINES = ['linear', 'trees', 'trees-adaptive'] as const

const walkFile = z.object({
  scenario: z.string(),
  owner: z.string(),
  /** `parts`: labels of the rows that are sealed; all where absent. */
  benchmarks: z.array(z.object({ file: z.string(), parts: z.array(z.string()).optional() })),
  submissions: z.array(
    z.object({
      benchmark: z.string(),
      by: z.string(),
      train: z.enum(BASELINES),
      form: z.enum(['linear', 'trees', 'onnx']),
      name: z.string(),
    }),
  ),
})

const participantsFile = z.array(z.object({ id: z.string(), name: z.string(), roles: z.array(z.enum(ROLES)) }))

export type WalkSubmission = z.infer<typeof walkFile>['submissions'][number]

export interface WalkBenchmark {
  readonly id: string
  /** The definition as YAML. */
  readonly file: string
  readonly parts: readonly string[] | undefined
}

/** One scenario of the sample programme with every file that it needs, as text. */
export interface Walk {
  readonly scenario: string
  readonly owner: string
  readonly scenarioFile: string
  readonly recipe: Recipe
  readonly benchmarks: readonly WalkBenchmark[]
  readonly submissions: readonly WalkSubmission[]
}

export interface SampleProgramme {
  readonly participants: z.infer<typeof participantsFile>
  readonly walks: readonly Walk[]
  /** The sample day of chips and electricity, as YAML. */
  readonly computeDay: string
}

/** Reads the `programme/` folder: participants, and one sub-folder a scenario. */
export async function readProgramme(folder: string): Promise<SampleProgramme> {
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  const order = (name: string): number => (name === 'nox' ? 0 : 1)
  names.sort((a, b) => order(a) - order(b) || a.localeCompare(b))
  return {
    participants: participantsFile.parse(parse(await readFile(join(folder, 'participants.yaml'), 'utf8'))),
    computeDay: await readFile(join(folder, 'compute-day.yaml'), 'utf8'),
    walks: await Promise.all(names.map((name) => readWalk(join(folder, name)))),
  }
}

async function readWalk(folder: string): Promise<Walk> {
  const text = (name: string): Promise<string> => readFile(join(folder, name), 'utf8')
  const walk = walkFile.parse(parse(await text('walk.yaml')))
  const benchmarks = await Promise.all(
    walk.benchmarks.map(async ({ file: name, parts }) => {
      const file = await text(name)
      return { id: z.object({ benchmark: z.string() }).parse(parse(file)).benchmark, file, parts }
    }),
  )
  return { ...walk, benchmarks, scenarioFile: await text('scenario.yaml'), recipe: readRecipe(await text('data.yaml')) }
}
