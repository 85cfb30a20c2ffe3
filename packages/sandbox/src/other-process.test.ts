import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findMachine } from './find-machine.ts'
import { openSandbox } from './open-sandbox.ts'
import type { Answer } from './test-driver.ts'
import { testHouse } from './test-house.ts'

const NOBODY = 65534
const here = dirname(fileURLToPath(import.meta.url))
const driver = join(here, '../dist/test-driver.js')
const house = testHouse()
mkdirSync(house.workFolder)
const machine = await findMachine(house.workFolder)
const boxed = machine.bubblewrap !== undefined

beforeAll(buildDriver)
afterAll(() => house.remove())

describe('a server that dies by kill -9', () => {
  test.each([
    ['while it sets up a sandbox', 'any', 0],
    ['while a job runs in a sandbox', 'any', 500],
    ['while a job runs at level process', 'process', 500],
  ])('%s takes the job with it, and the next server removes what it left', async (_, level, milliseconds) => {
    const script = house.file('for (;;);')
    const server = start([level, house.workFolder, script])
    await until(() => processesWith(script).length > 0)
    await sleep(milliseconds)
    server.kill('SIGKILL')
    await once(server, 'exit')
    const killed = performance.now()
    await until(() => processesWith(script).length === 0)
    expect(performance.now() - killed).toBeLessThan(1000)

    await openSandbox({ workFolder: house.workFolder })
    const mine = (names: readonly string[]) => names.filter((name) => name.startsWith(`dengta-${server.pid}-`))
    expect(mine(readdirSync(house.workFolder))).toEqual([])
    expect(mine(readdirSync(tmpdir()))).toEqual([])
    expect(mine(machine.controlGroups?.list() ?? [])).toEqual([])
  })
})

describe.runIf(machine.root && boxed)('a server that an ordinary user runs', () => {
  test('isolates by a user namespace, and holds the canary without control groups', async (context) => {
    const folder = join(house.folder, 'ordinary')
    mkdirSync(folder)
    chownSync(folder, NOBODY, NOBODY)
    chmodSync(house.folder, 0o755)
    const scripts = [
      `import fs from 'node:fs'; fs.writeFileSync('output', process.getuid() + ' ' + fs.readFileSync('/proc/self/uid_map'))`,
      'const held = []; for (;;) held.push(Buffer.alloc(2 ** 24, 1))',
    ].map((script) => house.file(script, 0o644))
    const server = start(['any', join(folder, 'work'), ...scripts], NOBODY)
    const answer = await answerOf(server)
    if (answer === undefined) return context.skip('SKIPPED: an ordinary user may not read this checkout')
    const { level, results, canary } = answer
    if (level.name !== 'bubblewrap') return context.skip('SKIPPED: no user namespaces for ordinary users here')
    expect(level.parts).toContain('user-namespace')
    expect(results.map(({ outcome }) => outcome)).toEqual(['ok', 'memory'])
    expect(results[0]?.output.split(/\s+/).slice(0, 3)).toEqual(['65534', '65534', '65534'])
    expect(canary.probes.filter((probe) => !probe.held)).toEqual([])
  })
})

/** Bundles the driver as the house bundles its programs: packages from the registry stay outside. */
async function buildDriver(): Promise<void> {
  const outside = { filter: /^[^./#]/ }
  await build({
    ...{ entryPoints: [join(here, 'test-driver.ts')], outfile: driver, bundle: true, platform: 'node', format: 'esm' },
    plugins: [
      {
        name: 'registry-packages-stay-outside',
        setup: ({ onResolve }) =>
          onResolve(outside, ({ path, kind }) =>
            kind === 'entry-point' || path.startsWith('@dengta/') ? undefined : { path, external: true },
          ),
      },
    ],
  })
}

function start(values: readonly string[], user?: number): ChildProcess {
  const owner = user === undefined ? {} : { uid: user, gid: user }
  return spawn(process.execPath, [driver, ...values], { stdio: ['ignore', 'pipe', 'pipe'], cwd: '/', ...owner })
}

async function answerOf(server: ChildProcess): Promise<Answer | undefined> {
  let text = ''
  let trouble = ''
  server.stdout?.on('data', (chunk: Buffer) => (text += chunk))
  server.stderr?.on('data', (chunk: Buffer) => (trouble += chunk))
  const [code] = await once(server, 'close')
  if (code === 0) return JSON.parse(text) as Answer
  if (/EACCES|Cannot find module/.test(trouble)) return undefined
  throw new Error(trouble)
}

/** Ids of processes whose command line names the script by its name inside the sandbox. */
function processesWith(script: string): readonly string[] {
  return readdirSync('/proc').filter((pid) => commandLine(pid).includes(`house/${basename(script)}`))
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

async function until(condition: () => boolean): Promise<void> {
  const end = performance.now() + 10_000
  while (!condition()) {
    if (performance.now() > end) throw new Error('waited ten seconds in vain')
    await sleep(10)
  }
}
