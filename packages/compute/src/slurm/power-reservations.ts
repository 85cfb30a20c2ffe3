import { checkJobName } from './job-request.ts'
import { licenceOf, SERVER, wattsDrawn } from './licences.ts'
import { runCommand } from './run-command.ts'
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
  /** A name that is gone already is no fault. */
  remove(names: readonly string[]): Promise<void>
  names(): Promise<readonly string[]>
}

export function createPowerReservations({ prefix, environment, operator }: SlurmConnection): PowerReservations {
  const env = { ...environment, TZ: 'UTC' }
  const talk = (lines: readonly string[]) =>
    runCommand([...prefix, 'scontrol'], { env, input: `${lines.join('\n')}\n` })
  return {
    async create(reservations) {
      if (reservations.length === 0) return
      for (const { name } of reservations) checkJobName(name)
      const answer = await talk(reservations.map((each) => createLine(each, operator)))
      const made = answer.match(/^Reservation created:/gm)?.length ?? 0
      if (made === reservations.length) return
      const problem =
        answer.split('\n').find((line) => /error|invalid/i.test(line)) ?? `${made} of ${reservations.length}`
      throw slurmErrors.command_failed({ command: 'scontrol create reservation', problem })
    },
    async remove(names) {
      for (const name of names) checkJobName(name)
      if (names.length > 0) await talk(names.map((name) => `delete reservationname=${name}`))
    },
    async names() {
      const answer = await runCommand([...prefix, 'scontrol', '--oneliner', 'show', 'reservation'], { env })
      return [...answer.matchAll(/^ReservationName=(\S+)/gm)].map(([, name]) => name!)
    },
  }
}

function createLine({ name, site, kw, startsAt, minutes }: PowerReservation, operator: string): string {
  const start = new Date(startsAt).toISOString().slice(0, 19)
  const what = `licenses=${licenceOf(site)}@${SERVER}:${wattsDrawn(kw)} flags=ANY_NODES nodecnt=0 user=${operator}`
  return `create reservation reservationname=${name} starttime=${start} duration=${Math.ceil(minutes)} ${what}`
}
