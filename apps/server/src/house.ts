import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { benchmarkPlugin } from '@dengta/benchmark'
import { dataspacePlugin } from '@dengta/dataspace'
import { type Clock, type Ids, type Route, systemClock, type Text, timeOrderedIds } from '@dengta/kernel'
import { type Ledger, ledgerMigrations, logKey, openLedger, startWitness } from '@dengta/ledger'
import { portfolioPlugin } from '@dengta/portfolio'
import { openSandbox, type Sandbox } from '@dengta/sandbox'
import { houseRoot, openStore, type Store } from '@dengta/store'
import type { FastifyInstance } from 'fastify'
import type { Config } from './config.ts'
import { createHttpServer } from './http/http-server.ts'
import { openApiRoute } from './http/openapi-route.ts'
import { serveConsole } from './http/serve-console.ts'
import { openLog } from './open-log.ts'
import { healthOf, overviewCounts } from './overview.ts'
import { programmeRoutes } from './programme-routes.ts'
import { openSession } from './session.ts'

/** The whole house, open on one data folder. */
export interface House {
  readonly app: FastifyInstance
  readonly ledger: Ledger
  /** The operator's own token; valid while this house is open. */
  readonly sessionToken: string
  listen(host: string, port: number): Promise<string>
  /** Adds something to do first when the house closes. */
  onClose(work: () => Promise<void>): void
  close(): Promise<void>
}

const ORIGIN = 'dengta.local/log'
