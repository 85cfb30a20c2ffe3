// npm run bench -- NAME [FILTER]: runs one benchmark and prints one JSON line a figure.
import { existsSync } from 'node:fs'
import { buildHouse } from '../scripts/build.mjs'

const [name = 'foundation', filter = ''] = process.argv.slice(2)
const program = new URL(`../dist/bench-${name}.js`, import.meta.url)
await buildHouse('entries')
if (!existsSync(program)) {
  console.error(`there is no benchmark named ${name}`)
  process.exit(2)
}
const { run } = await import(program.href)
process.exit((await run(filter)) ? 0 : 1)
