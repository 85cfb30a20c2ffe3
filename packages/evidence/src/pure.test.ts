import { readdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { expect, test } from 'vitest'

const here = dirname(fileURLToPath(import.meta.url))

/** Everything below index.ts, as a browser gets it. A node: module would be an error of the bundle. */
test('the package runs in a browser: its bundle needs no module of Node', async () => {
  const { metafile } = await build({
    entryPoints: [`${here}/index.ts`],
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'browser',
    conditions: ['browser'],
  })
  const inputs = Object.keys(metafile.inputs)
  expect(inputs.filter((path) => path.includes('crypto-node'))).toEqual([])
  expect(inputs.some((path) => path.endsWith('crypto-browser.ts'))).toBe(true)
  const sources = readdirSync(here, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /(?<!\.(test|fixture))\.ts$/.test(path),
  )
  const bundled = sources.filter((path) => inputs.some((input) => input.endsWith(`evidence/src/${path}`)))
  expect(bundled.length).toBeGreaterThan(20)
})
