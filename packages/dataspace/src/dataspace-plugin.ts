import { type Clock, definePlugin, type Ids, type PluginParts, type RandomBytes } from '@dengta/kernel'
import type { Ledger } from '@dengta/ledger'
import type { Store } from '@dengta/store'
import { dataspaceMigrations } from './migrations.ts'
import { participantRoutes } from './participant/participant-routes.ts'
import { type ParticipantService, participantService } from './participant/participant-service.ts'
import { sqlParticipantStore } from './participant/sql-participant-store.ts'
import { logRoutes } from './record/log-routes.ts'
import { recordRoutes } from './record/record-routes.ts'
import { sqlTokenStore } from './token/sql-token-store.ts'
import { tokenRoutes } from './token/token-routes.ts'
import { type TokenService, tokenService } from './token/token-service.ts'

export interface DataspaceContext {
  readonly store: Store
  readonly ledger: Ledger
  readonly clock: Clock
  readonly ids: Ids
  readonly random: RandomBytes
}

export interface DataspaceParts extends PluginParts {
  readonly participants: ParticipantService
  readonly tokens: TokenService
}

/** Who takes part, by which token, and what is on record. Starts first: the house is the first record of its log. */
export const dataspacePlugin = definePlugin<DataspaceContext, DataspaceParts>({
  id: 'dataspace',
  migrations: dataspaceMigrations,
  start: async ({ store, ledger, clock, ids, random }) => {
    const stored = sqlParticipantStore(store)
    const participants = participantService({ store, participants: stored, ledger, clock })
    const tokens = tokenService({ participants: stored, tokens: sqlTokenStore(store), clock, ids, random })
    await participants.ensureHouse()
    const routes = [
      ...participantRoutes(participants),
      ...tokenRoutes(tokens),
      ...recordRoutes(ledger),
      ...logRoutes(ledger),
    ]
    return { routes, jobs: [], participants, tokens }
  },
})
