import type { Transaction } from 'kysely'
import type { PortfolioTables } from '../tables.ts'

/** Who owns a scenario id, and the record that states the scenario now. */
export interface ScenarioRow {
  readonly id: string
  readonly owner: string
  readonly record: string
  readonly statedAt: Date
}

export interface ScenarioStore {
  /** The row, locked until the transaction ends. */
  lock(tx: Transaction<PortfolioTables>, id: string): Promise<ScenarioRow | undefined>
  /** Writes the row or replaces that of the same owner; throws `portfolio.scenario_taken` where another owns the id. */
  put(tx: Transaction<PortfolioTables>, row: ScenarioRow): Promise<void>
  find(id: string): Promise<ScenarioRow | undefined>
  /** By id. */
  list(): Promise<readonly ScenarioRow[]>
}
