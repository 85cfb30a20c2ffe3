import type { ColumnType } from 'kysely'

export interface PortfolioTables {
  scenarios: {
    id: string
    owner: string
    record: string
    stated_at: ColumnType<Date, Date, Date>
  }
}
