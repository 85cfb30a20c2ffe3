import type { RiskView } from '@dengta/sdk'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { COUNTED_GROUPS, OPENED_INCIDENTS } from '../retention/counted-groups.ts'
import type { ThreatTables } from '../tables.ts'
import type { RiskCounts } from './risk.ts'

type Db = Kysely<ThreatTables>

export interface CountedDays {
  readonly counts: RiskCounts
  /** The newest last. */
  readonly days: RiskView['days']
}

/** What a verdict or else a published label says; an unclear one says nothing. */
const LABEL = sql`coalesce(verdict, truth)`
const SHOWN = sql`action in ('escalate', 'hand_over')`
const DAYS = 60

/** Counts of the groups that fit, and of each of their last days. */
export async function riskCounts(db: Db, where: RawBuilder<unknown>): Promise<CountedDays> {
  const [all, ...days] = await sums(db, where)
  const number = (name: string) => Number(all?.[name] ?? 0)
  const steps = await stepsOf(db, where)
  const incidents = await incidentsOf(db, where)
  const counts: RiskCounts = {
    ...{ groups: number('groups'), automaticGroups: number('automatic') },
    ...{ alerts: number('alerts'), automaticAlerts: number('automatic_alerts') },
    ...{ judged: number('judged'), benign: number('benign'), benignShown: number('benign_shown') },
    ...{ handedOver: number('handed_over'), steps: steps.all, stepsMissed: steps.all - steps.found },
    ...incidents,
  }
  return { counts, days: days.reverse().map(dayOf) }
}

type Sums = Readonly<Record<string, string | null>>

/** Of all groups first, then of each day, the newest first: the groups are read once, and what is alike is one row then. */
async function sums(db: Db, where: RawBuilder<unknown>): Promise<readonly Sums[]> {
  const { rows } = await sql<Sums>`
    with alike as (
      select day, action, ${LABEL} as label, sum(n) as n, sum(alerts) as alerts from ${COUNTED_GROUPS}
      where ${where} group by day, action, ${LABEL}
    )
    select to_char(day, 'YYYY-MM-DD') as day, sum(n) as groups, sum(n) filter (where not ${SHOWN}) as automatic,
      sum(alerts) as alerts, sum(alerts) filter (where not ${SHOWN}) as automatic_alerts,
      sum(n) filter (where action = 'escalate') as escalated, sum(n) filter (where action = 'hand_over') as handed_over,
      sum(n) filter (where label in ('attack', 'benign')) as judged, sum(n) filter (where label = 'benign') as benign,
      sum(n) filter (where label = 'benign' and ${SHOWN}) as benign_shown
    from alike group by grouping sets ((), (day)) order by grouping(day) desc, alike.day desc limit ${DAYS + 1}`.execute(
    db,
  )
  return rows
}

function dayOf(row: Sums): RiskView['days'][number] {
  const number = (name: string) => Number(row[name] ?? 0)
  return {
    ...{ day: row.day ?? '', groups: number('groups'), automatic: number('automatic') },
    ...{ escalated: number('escalated'), handedOver: number('handed_over'), falseAlarms: number('benign_shown') },
  }
}

/**
 * Attack steps, by what the attack was filed under, else by its incident, whose groups are no trials of their own: found where
 * people were shown any group of it.
 */
async function stepsOf(db: Db, where: RawBuilder<unknown>): Promise<{ all: number; found: number }> {
  const { rows } = await sql<{ steps: string; found: string }>`
    select count(*) as steps, count(*) filter (where found) as found from (
      select bool_or(${SHOWN}) as found from ${COUNTED_GROUPS}
      where ${where} and ${LABEL} is not null and ${LABEL} = 'attack' group by network, coalesce(file, incident, id)) as step`.execute(
    db,
  )
  return { all: Number(rows[0]?.steps ?? 0), found: Number(rows[0]?.found ?? 0) }
}

async function incidentsOf(db: Db, where: RawBuilder<unknown>) {
  const { rows } = await sql<Sums>`
    select count(*) as incidents, count(*) filter (where attack or wrong) as judged, count(*) filter (where wrong) as wrong from (
      select coalesce(bool_or(${LABEL} = 'attack'), false) as attack, bool_and(coalesce(${LABEL}, '') = 'benign') as wrong
      from ${COUNTED_GROUPS}
      where ${where} and incident is not null and incident in ${OPENED_INCIDENTS} group by incident) as each`.execute(
    db,
  )
  const number = (name: string) => Number(rows[0]?.[name] ?? 0)
  return { incidents: number('incidents'), judgedIncidents: number('judged'), falseIncidents: number('wrong') }
}
