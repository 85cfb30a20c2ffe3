import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { houseRoot } from '@dengta/store'
import { expect, test } from 'vitest'
import { errorReference } from './error-reference.ts'

const FILE = join(houseRoot(), 'docs', 'reference', 'errors.md')

test('docs/reference/errors.md lists every error code as the code has it (UPDATE=1 writes it)', async () => {
  const reference = errorReference()
  if (process.env.UPDATE) await writeFile(FILE, reference)
  expect(await readFile(FILE, 'utf8')).toBe(reference)
})

test('no code stands twice, and every text is in both languages', () => {
  const rows = errorReference()
    .split('\n')
    .filter((line) => line.startsWith('| `'))
  const codes = rows.map((row) => row.split('`')[1])
  expect(new Set(codes).size).toBe(codes.length)
  expect(rows.filter((row) => !/[\u4e00-\u9fff]/.test(row))).toEqual([])
})

test('no area of errors is left out', async () => {
  const files = (await Promise.all(['packages', 'packs', 'apps'].map(sourcesBelow))).flat()
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')))
  const areas = texts.flatMap((text) => [...text.matchAll(/defineErrors\('(\w+)'/g)].map(([, area]) => area))
  const reference = errorReference()
  expect(areas.length).toBeGreaterThan(40)
  expect(areas.filter((area) => !reference.includes(`\n| \`${area}.`))).toEqual([])
})

/** TypeScript files of the house itself, without tests and what they need. */
async function sourcesBelow(name: string): Promise<string[]> {
  const folder = join(houseRoot(), name)
  const packages = await readdir(folder)
  const found = await Promise.all(
    packages.map(async (each) => {
      const names = await readdir(join(folder, each, 'src'), { recursive: true }).catch(() => [])
      return names.map((file) => join(folder, each, 'src', file))
    }),
  )
  return found.flat().filter((file) => /\.ts$/.test(file) && !/\.(?:test|fixture|contract)\.ts$/.test(file))
}
