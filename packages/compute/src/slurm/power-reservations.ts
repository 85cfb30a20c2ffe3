import { wattsDrawn } from '../executor/watts.ts'
import { checkJobName } from './job-request.ts'
import { licenceOf, SERVER } from './licences.ts'
import { runCommand, tryCommand } from './run-command.ts'
import type { SlurmConnection } from './slurm-connection.ts'
import { slurmErrors } from './slurm-errors.ts'

/** Power of a site that no job may hold from a time on: an event of the grid that is known beforehand. */
export interface PowerReservation {
  readonly name: string
  readonly site: string
  readonly kw: number
  /** Milliseconds since 1970. */
  readonly startsAt: number
  readonly minutes: number
}

/** Keeps power free for events. A guard only: it holds back what would overlap, and evicts nothing that runs. */
export interface PowerReservations {
  /** All in one dialogue with scontrol. Throws `slurm.command_failed` with Slurm's words for the first that it refused. */
  create(reservations: readonly PowerReservation[]): Promise<void>
  /** Other powers for reservations that stand. Throws as `create` does. */
  change(reservations: readonly Pick<PowerReservation, 'name' | 'site' | 'kw'>[]): Promise<void>
  /** A name that is gone already is no fault. */
  remove(names: readonly string[]): Promise<void>
  names(): Promise<readonly string[]>
  /** The guard of each site now, kW; it can be reserved whole, and no more: Slurm adds up what is reserved at the same time. */
  guards(sites: readonly string[]): Promise<ReadonlyMap<string, number>>
}

export function createPowerReservations({ prefix, environment, operator }: SlurmConnection): PowerReservations {
  const env = { ...environment, TZ: 'UTC' }
  const talk = (lines: readonly string[]) =>
    tryCommand([...prefix, 'scontrol'], { env, input: `${lines.join('\n')}\n` })
  async function names(): Promise<readonly string[]> {
    const answer = await runCommand([...prefix, 'scontrol', '--oneliner', 'show', 'reservation'], { env })
    return [...answer.matchAll(/^ReservationName=(\S+)/gm)].map(([, name]) => name!)
  }
  /** Slurm says a line of its own for each reservation that it took. */
  async function tell(what: 'create' | 'update', lines: readonly string[]): Promise<void> {
    const { output, problem } = await talk(lines)
    const made = output.match(/^Reservation (created|updated)[:.]/gm)?.length ?? 0
    if (made === lines.length) return
    const words = problem.split('\n')[0] || `${made} of ${lines.length} were made`
    throw slurmErrors.command_failed({ command: `scontrol ${what} reservation`, problem: words })
  }
  return {
    names,
    async create(reservations) {
      for (const { name } of reservations) checkJobName(name)
      await tell(
        'create',
        reservations.map((each) => createLine(each, operator)),
      )
    },
    async change(reservations) {
      for (const { name } of reservations) checkJobName(name)
      await tell(
        'update',
        reservations.map((each) => `update reservationname=${each.name} ${licences(each)}`),
      )
    },
    async guards(sites) {
      const answer = await runCommand([...prefix, 'scontrol', '--oneliner', 'show', 'licenses'], { env })
      const watts = new Map(
        [...answer.matchAll(/^LicenseName=(\S+) Total=(\d+)/gm)].map(([, name, count]) => [name!, count]),
      )
      return new Map(sites.map((site) => [site, Number(watts.get(`${licenceOf(site)}@${SERVER}`) ?? 0) / 1000]))
    },
    async remove(gone) {
      for (const name of gone) checkJobName(name)
      const { problem } = await talk(gone.map((name) => `delete reservationname=${name}`))
      const left = (await names()).find((name) => gone.includes(name))
      if (left) throw slurmErrors.command_failed({ command: `scontrol delete reservation ${left}`, problem })
    },
  }
}

function createLine({ name, startsAt, minutes, ...power }: PowerReservation, operator: string): string {
  const start = new Date(startsAt).toISOString().slice(0, 19)
  const what = `${licences(power)} flags=ANY_NODES nodecnt=0 user=${operator}`
  return `create reservation reservationname=${name} starttime=${start} duration=${Math.ceil(minutes)} ${what}`
}

const licences = ({ site, kw }: Pick<PowerReservation, 'site' | 'kw'>): string =>
  `licenses=${licenceOf(site)}@${SERVER}:${wattsDrawn(kw)}`
