import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sha256Hex, utf8 } from '@dengta/kernel'
import { houseRoot } from '@dengta/store'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { normalisePart, type Recipe, readRecipe } from './recipe.ts'
import { obtainSampleData } from './sample-data.ts'

const text = ' a ,b\r\n1,2\r\n3,4\r\n'
const sha256 = sha256Hex(utf8(normalisePart(text)))

describe('sample data', () => {
  let cache: string
  let server: ReturnType<typeof createServer>
  let base: string
  let asked = 0
  const options = (over = {}) => ({ folder: join(cache, 'absent'), cache, fetch, timeoutMs: 5000, ...over })
  const recipe = (digest = sha256, url = `${base}/x.csv`): Recipe => ({
    name: 'dga',
    licence: 'CC BY 4.0',
    source: 'somewhere',
    label: 'part',
    parts: ['p', 'q'].map((label) => ({ label, file: `set/${label}.csv`, url, sha256: digest })),
  })

  beforeAll(async () => {
    cache = await mkdtemp(join(tmpdir(), 'dengta-recipe-'))
    server = createServer((_, reply) => {
      asked += 1
      reply.end(text)
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    base = `http://127.0.0.1:${(server.address() as { port: number }).port}`
  })
  afterAll(async () => {
    server.close()
    await rm(cache, { recursive: true })
  })

  test('a download with the wrong digest is refused and nothing is kept', async () => {
    await expect(obtainSampleData(recipe('0'.repeat(64)), options())).rejects.toMatchObject({
      code: 'recipe.wrong_digest',
    })
    expect(existsSync(join(cache, 'set/p.csv'))).toBe(false)
  })

  test('parts are fetched once, checked, joined under a label column, and then found again', async () => {
    const first = await obtainSampleData(recipe(), options())
    expect(first).toMatchObject({ origin: 'real', found: 'download', csv: 'part,a,b\np,1,2\np,3,4\nq,1,2\nq,3,4\n' })
    const before = asked
    expect(await obtainSampleData(recipe(), options())).toMatchObject({ found: 'cache', csv: first.csv })
    expect(asked).toBe(before)
  })

  test('without folder and network the data is simulated, labelled so, and the same every time', async () => {
    const nowhere = options({ cache: join(cache, 'none'), timeoutMs: 300 })
    const dead = recipe(sha256, 'http://127.0.0.1:9/x.csv')
    const [one, two] = [await obtainSampleData(dead, nowhere), await obtainSampleData(dead, nowhere)]
    expect(one).toMatchObject({ origin: 'simulated', found: 'simulator' })
    expect(one.source).toContain('simulated by Dengta')
    expect(one.csv).toBe(two.csv)
  })

  const { sampleData } = readConfig(process.env)
  test.skipIf(!existsSync(join(sampleData, 'bench')))(
    'SKIPPED without the sample data folder: the real files have the digests of the recipes',
    async () => {
      for (const [name, rows] of [
        ['nox', 36_733],
        ['dga', 666],
      ] as const) {
        const file = await readFile(join(houseRoot(), 'programme', name, 'data.yaml'), 'utf8')
        const data = await obtainSampleData(readRecipe(file), options({ folder: sampleData }))
        expect([data.found, data.csv.trimEnd().split('\n').length - 1]).toEqual(['folder', rows])
      }
    },
  )
})
