import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { sha256Hex, utf8 } from '@dengta/kernel'
import { joinParts, type LabelledPart, normalisePart, type Recipe, type RecipePart, recipeErrors } from './recipe.ts'
import { simulateDga } from './simulate-dga.ts'
import { simulateNox } from './simulate-nox.ts'

/** A sample data set as it goes to the seal: one CSV and an honest word on where it came from. */
export interface SampleData {
  readonly csv: string
  readonly origin: 'real' | 'simulated'
  readonly licence: string
  readonly source: string
  readonly found: 'folder' | 'cache' | 'download' | 'simulator'
}

export interface SampleDataOptions {
  /** Folder of data already on this machine. */
  readonly folder: string
  /** Where downloads are kept. */
  readonly cache: string
  readonly fetch: typeof fetch
  readonly timeoutMs: number
}

/** The real data where it lies on this machine, else from its public address, else from our simulator, labelled as such. */
export async function obtainSampleData(recipe: Recipe, options: SampleDataOptions): Promise<SampleData> {
  const { licence, source } = recipe
  const real = (parts: readonly LabelledPart[], found: SampleData['found']): SampleData => ({
    csv: joinParts(recipe.label, parts),
    origin: 'real',
    licence,
    source,
    found,
  })
  const inFolder = await readParts(recipe, options.folder)
  if (inFolder) return real(inFolder, 'folder')
  const cached = await readParts(recipe, options.cache)
  if (cached) return real(cached, 'cache')
  const fetched = await downloadParts(recipe, options)
  if (fetched) return real(fetched, 'download')
  return simulated(recipe)
}

function simulated({ name, label }: Recipe): SampleData {
  const parts = name === 'nox' ? simulateNox(2026) : simulateDga(2026)
  return {
    csv: joinParts(label, parts),
    origin: 'simulated',
    licence: 'Apache-2.0',
    source: `simulated by Dengta (${name}, seed 2026): the real data was neither on this machine nor reachable`,
    found: 'simulator',
  }
}

async function readParts(recipe: Recipe, folder: string): Promise<LabelledPart[] | undefined> {
  try {
    return await Promise.all(
      recipe.parts.map(async (part) => checkPart(part, await readFile(join(folder, part.file), 'utf8'))),
    )
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Undefined where the network does not give all parts in time; a part with a wrong digest is an error, not a miss. */
async function downloadParts(
  recipe: Recipe,
  { cache, fetch, timeoutMs }: SampleDataOptions,
): Promise<LabelledPart[] | undefined> {
  const signal = AbortSignal.timeout(timeoutMs)
  const texts = await Promise.all(recipe.parts.map((part) => download(part.url, fetch, signal)))
  if (texts.includes(undefined)) return undefined
  const parts = recipe.parts.map((part, i) => checkPart(part, texts[i] ?? ''))
  for (const [i, part] of recipe.parts.entries()) {
    const file = join(cache, part.file)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, parts[i]?.text ?? '')
  }
  return parts
}

async function download(url: string, get: typeof fetch, signal: AbortSignal): Promise<string | undefined> {
  const answer = await get(url, { signal }).catch(() => undefined)
  return answer?.ok ? answer.text().catch(() => undefined) : undefined
}

function checkPart(part: RecipePart, raw: string): LabelledPart {
  const text = normalisePart(raw)
  const got = sha256Hex(utf8(text))
  if (got !== part.sha256) throw recipeErrors.wrong_digest({ file: part.file, got, expected: part.sha256 })
  return { label: part.label, text }
}
