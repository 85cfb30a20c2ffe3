// Holds the direction of imports (docs/decisions/0001): arrows point downward only, through the front door of each package,
// pure floors do no I/O, and no files import each other in a circle. Type imports count like any other.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync } from 'oxc-parser'

const root = fileURLToPath(new URL('..', import.meta.url))
const FLOORS = ['kernel', 'statistics', 'evidence', 'store', 'sandbox', 'ledger', 'sdk']
const DOMAINS = ['dataspace', 'hub', 'compute', 'benchmark', 'automation', 'portfolio']
const MAY_IMPORT = {
  kernel: [],
  statistics: ['kernel'],
  evidence: ['kernel'],
  store: ['kernel'],
  sandbox: ['kernel', 'store'],
  ledger: ['kernel', 'evidence', 'store'],
  sdk: ['kernel', 'evidence'],
  console: ['sdk'],
  ...Object.fromEntries(DOMAINS.map((domain) => [domain, FLOORS])),
}
const PURE = ['kernel', 'statistics', 'evidence', 'sdk']
const isTest = (file) => /\.(test|slow\.test|contract|fixture)\.tsx?$/.test(file)

function files(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return ['node_modules', 'dist', 'wasm'].includes(entry.name) ? [] : files(path)
    return /\.tsx?$/.test(entry.name) ? [path] : []
  })
}

/** Every module that a file names, statically or not, types included. */
function importsOf(file) {
  const { module, errors } = parseSync(file, readFileSync(file, 'utf8'))
  if (errors.length > 0) throw new Error(`${file}: ${errors[0].message}`)
  const text = readFileSync(file, 'utf8')
  const dynamic = module.dynamicImports.flatMap(
    ({ moduleRequest: { start, end } }) => /^['"](.+)['"]$/.exec(text.slice(start, end))?.[1] ?? [],
  )
  const exported = module.staticExports.flatMap(({ entries }) =>
    entries.flatMap((entry) => entry.moduleRequest?.value ?? []),
  )
  return [...module.staticImports.map((each) => each.moduleRequest.value), ...exported, ...dynamic]
}

/** `packages/evidence/src/x.ts` -> `evidence`; undefined for bench, e2e and scripts, which may look anywhere. */
const roomOf = (file) => /^(?:packages|apps|packs)\/([^/]+)\//.exec(relative(root, file))?.[1]
const isPack = (file) => relative(root, file).startsWith('packs/')

function faultOf(file, name) {
  const room = roomOf(file)
  if (!room) return undefined
  if (name.startsWith('.'))
    return roomOf(resolve(dirname(file), name)) === room ? undefined : 'leaves its package; import the package by name'
  const other = /^@dengta\/([^/]+)(\/.+)?$/.exec(name)
  if (other?.[2]) return 'goes past the front door; import the package by name'
  if (other && isPack(file))
    return other[1] === 'server' || other[1] === 'console' ? 'climbs from a pack to an app' : undefined
  if (other && MAY_IMPORT[room] && !MAY_IMPORT[room].includes(other[1]))
    return `climbs or crosses floors: ${room} may import ${MAY_IMPORT[room].join(', ') || 'nothing'}`
  if (name.startsWith('node:') && PURE.includes(room) && !isTest(file) && !file.endsWith('crypto-node.ts'))
    return `does I/O on the pure floor ${room}`
  return undefined
}

function findCycle(graph) {
  const state = new Map()
  const trail = []
  const visit = (file) => {
    state.set(file, 'open')
    trail.push(file)
    for (const next of graph.get(file) ?? []) {
      if (state.get(next) === 'open') return [...trail.slice(trail.indexOf(next)), next]
      const cycle = state.has(next) ? undefined : visit(next)
      if (cycle) return cycle
    }
    trail.pop()
    state.set(file, 'done')
    return undefined
  }
  for (const file of graph.keys()) {
    const cycle = state.has(file) ? undefined : visit(file)
    if (cycle) return cycle
  }
  return undefined
}

const all = ['packages', 'apps', 'packs', 'bench', 'e2e'].flatMap((folder) => {
  try {
    return files(join(root, folder))
  } catch {
    return []
  }
})
const graph = new Map(all.map((file) => [file, importsOf(file)]))
const faults = all.flatMap((file) =>
  graph.get(file).flatMap((name) => {
    const fault = faultOf(file, name)
    return fault ? [`${relative(root, file)} -> ${name}: ${fault}`] : []
  }),
)
const local = new Map(
  all.map((file) => [
    file,
    graph
      .get(file)
      .filter((name) => name.startsWith('.'))
      .map((name) => resolve(dirname(file), name)),
  ]),
)
const cycle = findCycle(local)
if (cycle) faults.push(`circle: ${cycle.map((file) => relative(root, file)).join(' -> ')}`)
for (const fault of faults) console.error(fault)
console.log(`${all.length} files, ${[...graph.values()].flat().length} imports, ${faults.length} against the floors`)
process.exit(faults.length === 0 && all.length > 0 ? 0 : 1)
