import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { benchmarkPlugin } from '@dengta/benchmark'
import { computePlugin, openEngine } from '@dengta/compute'
import { dataspacePlugin, describeLog } from '@dengta/dataspace'
import { HOUSE, type Route, systemClock, type Text, timeOrderedIds, toAppError } from '@dengta/kernel'
import { type Ledger, ledgerMigrations, logKey, openLedger, startWitness } from '@dengta/ledger'
import { portfolioPlugin } from '@dengta/portfolio'
import { openSandbox } from '@dengta/sandbox'
import { houseRoot, makeDurableFolder, openStore, type Store } from '@dengta/store'
import { threatPlugin } from '@dengta/threat'
import type { FastifyInstance } from 'fastify'
import { Cleanup } from './cleanup.ts'
import type { Config } from './config.ts'
import { createHttpServer } from './http/http-server.ts'
import { openApiRoute } from './http/openapi-route.ts'
import { serveConsole } from './http/serve-console.ts'
import { openLog } from './open-log.ts'
import { healthOf, overviewCounts } from './overview.ts'
import { programmeRoutes } from './programme-routes.ts'
import { openSession } from './session.ts'
import { VERSION } from './version.ts'

/** The whole house, open on one data folder. */
export interface House {
  readonly app: FastifyInstance
  /** The operator's own token; valid while this house is open. */
  readonly sessionToken: string
  /** Serves, and runs the jobs that plans have placed. */
  listen(host: string, port: number): Promise<string>
  /** Adds something to do first when the house closes. */
  onClose(work: () => Promise<void>): void
  close(): Promise<void>
}

const LOG_ORIGIN = 'dengta.local/log'
const WITNESS = 'witness.dengta.local'
const MIGRATIONS = [
  ...ledgerMigrations,
  ...dataspacePlugin.migrations,
  ...benchmarkPlugin.migrations,
  ...portfolioPlugin.migrations,
  ...computePlugin.migrations,
  ...threatPlugin.migrations,
]

/** Opens store, log, witness and sandbox, starts the domains in order, and puts their routes behind one HTTP edge. */
export async function openHouse(config: Config, note: (text: Text) => void = () => {}): Promise<House> {
  const cleanup = new Cleanup()
  try {
    return await assemble(config, cleanup, note)
  } catch (error) {
    await cleanup.run()
    throw error
  }
}

async function assemble(config: Config, cleanup: Cleanup, note: (text: Text) => void): Promise<House> {
  const { home } = config
  const clock = systemClock
  const random = (count: number): Uint8Array => new Uint8Array(randomBytes(count))
  const ids = timeOrderedIds(clock, random)
  const databaseUrl = config.databaseUrl ? { databaseUrl: config.databaseUrl } : {}
  await makeDurableFolder(home)
  const log = openLog(home)
  const store = await openStore({
    ...{ home, migrations: MIGRATIONS, clock, ...databaseUrl },
    log: (line) => log.warn(line),
  })
  cleanup.add(() => store.close())
  const [ledger, sandbox] = await Promise.all([
    openWitnessedLedger({ config, store, warn: (line) => log.warn(line) }, cleanup),
    openSandbox({ workFolder: join(store.home, 'work'), log: (line) => log.info(line) }),
  ])
  noteSandbox(sandbox.level, note)

  const dataspace = await dataspacePlugin.start({ store, ledger, clock, ids, random })
  const portfolio = await portfolioPlugin.start({ store, ledger, clock })
  const benchmark = await benchmarkPlugin.start({
    ...{ store, ledger, clock, ids, random, sandbox },
    wattsPerCore: config.wattsPerCore,
    limits: { maxBytes: config.maxDataBytes, maxRows: config.maxDataRows },
    scenarioOwner: async (id) => (await portfolio.scenarios.list()).find((each) => each.id === id)?.owner,
  })

  const { wattsPerCore } = config
  const engine = await openEngine({
    ...{ kind: config.engine, file: config.engineFile, home: store.home },
    ...{ sandbox, clock, wattsPerCore },
  })
  if ('none' in engine) note(engine.none)
  const compute = await computePlugin.start({
    ...{ store, ledger, clock, ids, engine },
    isParticipant: async (id) => (await dataspace.participants.caller(id)) !== undefined,
    isScenario: async (id) => (await portfolio.scenarios.list()).some((each) => each.id === id),
  })

  const threat = await threatPlugin.start({
    ...{ store, ledger, clock, ids, settings: config.threat },
    warn: (line) => log.warn(line),
  })
  cleanup.add(() => threat.close())

  const programme = programmeRoutes({
    scenarios: () => portfolio.views.all(),
    counts: (scenarios) => overviewCounts(ledger, scenarios),
    log: () => describeLog(ledger),
    health: healthOf({ store, sandbox, clock }, clock.now()),
  })
  const domains = [dataspace, benchmark, portfolio, compute, threat]
  const routes: Route[] = [...programme, ...domains.flatMap((domain) => domain.routes)]
  const session = openSession({
    operator: { participant: HOUSE, name: 'Dengta', roles: ['operator'] },
    participant: dataspace.participants.caller,
    tokens: (token) => dataspace.tokens.authenticate(token),
  })
  const app = await createHttpServer({
    routes: [...routes, openApiRoute(routes, VERSION)],
    authenticate: session.authenticate,
    logger: log,
    hosts: config.hosts,
  })
  await serveConsole(app, join(houseRoot(), 'dist', 'console'))
  await store.jobs.start(domains.flatMap((domain) => domain.jobs))
  cleanup.add(() => store.jobs.stop())
  cleanup.add(() => compute.engine.stop())
  cleanup.add(() => app.close())
  return {
    app,
    sessionToken: session.token,
    listen: async (host, port) => {
      await compute.engine.start()
      const address = await app.listen({ host, port })
      threat.open().then(
        (opened) => opened && note(opened),
        (error: unknown) => {
          log.error({ err: error }, 'no events are taken in')
          const { en, zh } = toAppError(error).text
          note({ en: `✗ ${en}`, zh: `✗ ${zh}` })
        },
      )
      return address
    },
    onClose: (work) => cleanup.add(work),
    close: () => cleanup.run(),
  }
}

interface WitnessedLedger {
  readonly config: Config
  readonly store: Store
  /** Takes a line for the server's log. */
  readonly warn: (line: string) => void
}

/** The log with a witness of its own process beside it. */
async function openWitnessedLedger({ config, store, warn }: WitnessedLedger, cleanup: Cleanup): Promise<Ledger> {
  const home = store.home
  const known = { name: WITNESS, origin: LOG_ORIGIN, logKey: await logKey(home) }
  const witness = await startWitness({ ...known, home: join(home, 'witness'), warn })
  cleanup.add(() => witness.stop())
  const ledger = await openLedger({
    ...{ store, home, clock: systemClock },
    origin: LOG_ORIGIN,
    suite: config.suite,
    witnesses: [witness],
    warn,
  })
  cleanup.add(() => ledger.close())
  return ledger
}

function noteSandbox(level: { name: string; missing: readonly string[] }, note: (text: Text) => void): void {
  if (level.name === 'bubblewrap') return
  note({
    en: 'bubblewrap is not available: ONNX submissions will be refused; npm run setup:debian installs it',
    zh: '未检测到 bubblewrap：ONNX 提交将被拒绝；可运行 npm run setup:debian 安装',
  })
}
