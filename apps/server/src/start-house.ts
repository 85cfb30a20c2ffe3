import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { systemClock, type Text } from '@dengta/kernel'
import { type Client, createClient } from '@dengta/sdk'
import { houseRoot } from '@dengta/store'
import { actingFetch } from './cli/connect.ts'
import { gateLine } from './cli/gate-lines.ts'
import type { Terminal } from './cli/terminal.ts'
import type { Config } from './config.ts'
import { type House, openHouse } from './house.ts'
import { injectFetch } from './http/inject-fetch.ts'
import { keepHeapsSmall } from './keep-heaps-small.ts'
import { hasRun, markRun, runApart } from './programme/run-apart.ts'
import { runProgramme } from './programme/run-programme.ts'
import { obtainSampleData } from './programme/sample-data.ts'
import { trainInWorker } from './programme/trainer.ts'
import { readProgramme } from './programme/walk.ts'
import { writeRunFile } from './run-file.ts'

export interface StartedHouse {
  readonly address: string
  /** Resolves once a signal has stopped the house in good order. */
  readonly untilStopped: Promise<void>
}

/** The main job: open the data folder, walk the sample programme, then serve. */
export async function startHouse(
  config: Config,
  terminal: Terminal,
  options: { readonly programme: boolean },
): Promise<StartedHouse> {
  keepHeapsSmall()
  const first = options.programme && !(await hasRun(config.home))
  if (first) await runApart(terminal)
  const house = await openHouse(config, terminal.note)
  try {
    if (options.programme && !first) await walkProgramme(house, config, terminal)
    return { address: await serve(house, config, terminal), untilStopped: untilSignal(house) }
  } catch (error) {
    await house.close()
    throw error
  }
}

/** Walks the sample programme and closes the house again. */
export async function runDemo(config: Config, terminal: Terminal): Promise<void> {
  const house = await openHouse(config, terminal.note)
  try {
    await walkProgramme(house, config, terminal)
    await markRun(config.home)
  } finally {
    await house.close()
  }
}

async function walkProgramme(house: House, config: Config, terminal: Terminal): Promise<void> {
  const programme = await readProgramme(join(houseRoot(), 'programme'))
  const clientOf = (participant: string): Client =>
    createClient({ baseUrl: '', token: house.sessionToken, fetch: actingFetch(participant, injectFetch(house.app)) })
  await runProgramme({
    programme,
    clientOf,
    dataOf: ({ recipe }) =>
      obtainSampleData(recipe, {
        folder: config.sampleData,
        cache: join(config.home, 'samples'),
        fetch,
        timeoutMs: 20_000,
      }),
    train: trainInWorker,
    progress: terminal.progress,
    note: terminal.note,
    clock: systemClock,
    onGate: (gate) => terminal.result(gate, gateLine(gate, terminal)),
  })
  await exportScenarios(
    clientOf('house'),
    programme.walks.map((walk) => walk.scenario),
    config,
    terminal,
  )
}

/** Leaves one verifiable file a scenario, and the trust root, and says how to check them. */
async function exportScenarios(
  client: Client,
  scenarios: readonly string[],
  config: Config,
  terminal: Terminal,
): Promise<void> {
  const folder = join(config.home, 'exports')
  await mkdir(folder, { recursive: true })
  const trust = join(folder, 'trust.json')
  await writeFile(trust, JSON.stringify(await client.getTrust(), null, 2))
  for (const scenario of scenarios) {
    const file = join(folder, `${scenario}.json`)
    await writeFile(file, JSON.stringify(await client.exportScenario(scenario)))
    terminal.note(verifyHint(file, trust))
  }
}

function verifyHint(file: string, trust: string): Text {
  const command = `npx dengta verify ${file} --trust ${trust}`
  return { en: `verify it offline:  ${command}`, zh: `离线验证：  ${command}` }
}

async function serve(house: House, config: Config, terminal: Terminal): Promise<string> {
  const address = await house.listen(config.host, config.port)
  const removeRunFile = await writeRunFile(config.home, { address, pid: process.pid, token: house.sessionToken })
  house.onClose(removeRunFile)
  terminal.result({ address }, [
    '',
    terminal.say({ en: `Dengta is served at ${address}`, zh: `灯塔已启动：${address}` }),
    terminal.say({
      en: `operator sign-in (valid while this server runs): ${address}/#token=${house.sessionToken}`,
      zh: `运营方登录链接（本次运行期间有效）：${address}/#token=${house.sessionToken}`,
    }),
    terminal.say({ en: 'stop with Ctrl-C', zh: '按 Ctrl-C 停止' }),
  ])
  return address
}

function untilSignal(house: House): Promise<void> {
  return new Promise((resolve, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => house.close().then(resolve, reject))
  })
}
