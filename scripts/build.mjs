// Builds what runs: every `<name>.entry.ts` becomes dist/<name>.js, and the console becomes dist/console.
// `--entries` builds the programs only. Nothing is built again whose sources have not changed.
import { createHash } from 'node:crypto'
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

async function unlessFresh(name, files, build) {
  const stamp = join(dist, `.${name}.stamp`)
  const print = fingerprint(files)
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === print) return
  await build()
  writeFileSync(stamp, print)
}

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

async function buildConsole() {
  const { build } = await import('vite')
  await build({
    configFile: join(root, 'apps/console/vite.config.ts'),
    root: join(root, 'apps/console'),
    logLevel: 'warn',
  })
}

/** Builds what is stale. Also called by the launcher of the `dengta` command. */
export async function buildHouse({ entriesOnly = false } = {}) {
  mkdirSync(dist, { recursive: true })
  const all = ['packages', 'packs', 'apps/server', 'bench', 'e2e'].flatMap((folder) => sources(join(root, folder)))
  const consoleFiles = ['apps/console', 'packages/kernel', 'packages/evidence', 'packages/sdk'].flatMap((folder) =>
    sources(join(root, folder)),
  )
  const entries = all.filter((file) => file.endsWith('.entry.ts'))
  const work = [unlessFresh('entries', all, () => buildEntries(entries))]
  if (!entriesOnly) work.push(unlessFresh('console', consoleFiles, buildConsole))
  await Promise.all(work)
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await buildHouse({ entriesOnly: process.argv.includes('--entries') })
