import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the checkout or installed package, found from wherever this module runs: source or bundle. */
export function houseRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!isHouse(folder)) {
    const parent = dirname(folder)
    if (parent === folder) throw new Error('the root folder of Dengta was not found above this file')
    folder = parent
  }
  return folder
}

/** A bundled program of the house, `dist/<name>.js`, built from the source file `<name>.entry.ts`. */
export function entryFile(name: string): string {
  return join(houseRoot(), 'dist', `${name}.js`)
}

function isHouse(folder: string): boolean {
  const file = join(folder, 'package.json')
  return existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).name === 'dengta-house'
}
