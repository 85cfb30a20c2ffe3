/** What the engine tells of a table, or of the part of one that holds its long values. */
export interface TableState {
  /** `schema.name`, quoted for SQL. */
  readonly name: string
  /** As the planner knows it, below 0 where it was never counted. */
  readonly rows: number
  /** Rows deleted or replaced that still take room. */
  readonly dead: number
  /** Rows added, changed or deleted since the planner's statistics were renewed. */
  readonly changed: number
  readonly holdsLongValues: boolean
}

export interface DatabaseState {
  /** Bytes of log written since the last checkpoint: what a start after a crash has to read again. */
  readonly log: number
  readonly tables: readonly TableState[]
}

/** One small thing to do, as a statement of SQL. */
export type Upkeep = 'checkpoint' | `vacuum ${string}` | `analyze ${string}`

/**
 * Log between two checkpoints, bytes. Each renames the files of the log and syncs each of them thrice, which is most of what
 * it takes: more at a time makes others wait longer, and the start after a crash; less logs whole pages more often.
 */
export const LOG_BYTES = 32 * 1024 * 1024
/** A table is cleared at so many dead rows and this share of its rows, as PostgreSQL's autovacuum does it. */
const DEAD_ROWS = 1000
const DEAD_SHARE = 0.2
const CHANGED_ROWS = 1000
const CHANGED_SHARE = 0.5

/**
 * What is most needed now, one thing at a time, as all others wait meanwhile; undefined where nothing is. Behind a checkpoint
 * (`before`) a table has its turn first, or none would have one while the log grows fast.
 */
export function nextUpkeep({ log, tables }: DatabaseState, before?: Upkeep): Upkeep | undefined {
  const due = tableUpkeep(tables)
  const isTurnOfTables = due !== undefined && before === 'checkpoint'
  return log >= LOG_BYTES && !isTurnOfTables ? 'checkpoint' : due
}

function tableUpkeep(tables: readonly TableState[]): Upkeep | undefined {
  const [, table] = tables.reduce<readonly [number, TableState | undefined]>(
    (most, each) => (needOf(each) > most[0] ? [needOf(each), each] : most),
    [1, undefined],
  )
  if (!table) return undefined
  return deadNeed(table) > 1 ? `vacuum ${table.name}` : `analyze ${table.name}`
}

/** Above 1 something is to be done. */
function needOf(table: TableState): number {
  return Math.max(deadNeed(table), table.holdsLongValues ? 0 : changedNeed(table))
}

const deadNeed = ({ dead, rows }: TableState): number => dead / (DEAD_ROWS + DEAD_SHARE * Math.max(rows, 0))
const changedNeed = ({ changed, rows }: TableState): number =>
  changed / (CHANGED_ROWS + CHANGED_SHARE * Math.max(rows, 0))
