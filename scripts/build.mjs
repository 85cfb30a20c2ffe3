// Builds what runs: every `<name>.entry.ts` becomes dist/<name>.js (`entries`), and the console becomes dist/console (`console`).
// Without words it builds both. Nothing is built again whose sources have not changed.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = join(root, 'dist')

function sources(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return ['node_modules', 'dist'].includes(entry.name) ? [] : sources(path)
    return /\.(ts|tsx|css|html|json|svg)$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name) ? [path] : []
  })
}

function fingerprint(files) {
  const hash = createHash('sha256')
  for (const file of files.sort()) {
    const { mtimeMs, size } = statSync(file)
    hash.update(`${relative(root, file)} ${mtimeMs} ${size}\n`)
  }
  return hash.digest('hex')
}

/** What is built, from which files. */
function partOf(name) {
  const rooms = {
    entries: ['packages', 'packs', 'apps/server', 'bench', 'e2e'],
    console: ['apps/console', 'packages/kernel', 'packages/evidence', 'packages/sdk'],
  }
  const files = rooms[name].flatMap((folder) => sources(join(root, folder)))
  const entries = files.filter((file) => file.endsWith('.entry.ts'))
  return {
    name,
    files,
    build: name === 'console' ? buildConsole : () => Promise.all([buildEntries(entries), buildScanner()]),
  }
}

const stampOf = (name) => join(dist, `.${name}.stamp`)
const isFresh = ({ name, files }) =>
  existsSync(stampOf(name)) && readFileSync(stampOf(name), 'utf8') === fingerprint(files)

/** Packages from the registry stay outside the bundle; the house's own are bundled. */
const registryPackagesStayOutside = {
  name: 'registry-packages-stay-outside',
  setup(build) {
    build.onResolve({ filter: /^[^./#]/ }, ({ path, kind }) =>
      kind === 'entry-point' || path.startsWith('@dengta/') ? undefined : { path, external: true },
    )
  },
}

async function buildEntries(entries) {
  const { build } = await import('esbuild')
  await build({
    entryPoints: Object.fromEntries(entries.map((file) => [basename(file, '.entry.ts'), file])),
    outdir: dist,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: true,
    plugins: [registryPackagesStayOutside],
    logLevel: 'warning',
  })
}

/** The threat pack's hot scanner, in a process of its own that does not optimise a compiler which runs once: half the work. */
async function buildScanner() {
  const compiler = join(root, 'scripts', 'build-scanner.mjs')
  const file = join(dist, 'threat-scan.wasm')
  const child = spawn(process.execPath, ['--liftoff-only', compiler, root, file], { stdio: ['ignore', 2, 2] })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error('the scanner was not built; the lines above say why')
}

async function buildConsole() {
  const { build } = await import('vite')
  await build({
    configFile: join(root, 'apps/console/vite.config.ts'),
    root: join(root, 'apps/console'),
    logLevel: 'warn',
  })
}

/** Whether anything of a part has changed since it was built: `entries` or `console`. */
export function isStale(name) {
  return !isFresh(partOf(name))
}

/** Builds the parts that are stale. */
export async function buildHouse(...names) {
  mkdirSync(dist, { recursive: true })
  const stale = names.map(partOf).filter((part) => !isFresh(part))
  const prints = stale.map(({ files }) => fingerprint(files))
  await Promise.all(stale.map(({ build }) => build()))
  stale.forEach(({ name }, i) => {
    writeFileSync(stampOf(name), prints[i])
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const names = process.argv.slice(2)
  await buildHouse(...(names.length > 0 ? names : ['entries', 'console']))
}
