import type { Kysely } from 'kysely'
import type { JournalEntry } from '../../respond/run.ts'
import { type MachineTime, type ModelledMinutes, machineTime, modelledMinutes } from '../../ticket/handling-time.ts'
import type { ThreatTables } from '../tables.ts'
import type { Period } from './ticket-figures.ts'

/** Declared, not measured: minutes of one look, and of every group looked at by hand. */
export const MINUTES_A_LOOK = 5
/** Lines of journals read at once. */
const LINES = 1000

type Db = Kysely<ThreatTables>

export interface Effort {
  readonly modelled: ModelledMinutes
  readonly machine: MachineTime
}

/** Of people on the looks at tickets, against all groups decided in a period; of machines in it. */
export async function effort(db: Db, looks: number, period: Period): Promise<Effort> {
  const { groups } = await db
    .selectFrom('threat_batches')
    .select((eb) => eb.fn.coalesce(eb.fn.sum<string>('decisions'), eb.lit(0)).as('groups'))
    .where('sealed_at', '>=', period.from)
    .where('sealed_at', '<', period.to)
    .executeTakeFirstOrThrow()
  const baseline = { groups: Number(groups), minutesPerGroup: MINUTES_A_LOOK }
  const machine = machineTime(await commandsIn(db, period))
  return { modelled: modelledMinutes(looks, MINUTES_A_LOOK, baseline), machine }
}

/** Commands that were answered in a period. Journals stand in the order of their writing: nothing before it is read. */
async function commandsIn(db: Db, { from, to }: Period): Promise<readonly JournalEntry[]> {
  const commands: JournalEntry[] = []
  for (let before: string | undefined; ; ) {
    const newest = db.selectFrom('threat_run_journal').select(['seq', 'body']).orderBy('seq', 'desc').limit(LINES)
    const rows = await (before === undefined ? newest : newest.where('seq', '<', before)).execute()
    const lines = rows.map(({ body }) => JSON.parse(body) as JournalEntry)
    const timeOf = ({ at }: JournalEntry) => Date.parse(at)
    const isIn = (line: JournalEntry) => timeOf(line) >= from.getTime() && timeOf(line) < to.getTime()
    commands.push(...lines.filter((line) => line.kind === 'answered' && isIn(line)))
    const last = lines.at(-1)
    if (rows.length < LINES || last === undefined || timeOf(last) < from.getTime()) return commands
    before = rows.at(-1)?.seq
  }
}
