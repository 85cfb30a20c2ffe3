import type { EndedJobs } from '@dengta/sdk'
import type { PublicJob } from '../public-job/public-job.ts'

type Row = EndedJobs['jobs'][number]

const hasEnded = (state: PublicJob['state']): state is Row['state'] =>
  state === 'done' || state === 'failed' || state === 'cancelled'

/** Jobs that ran and have ended, as somebody may see them: those of others without names and record. Pure. */
export function endedJobRows(jobs: readonly PublicJob[], mayRead: (owner: string) => boolean): Row[] {
  return jobs.flatMap((job) => {
    const { state, placement, startedAt, endedAt, usage } = job
    if (!hasEnded(state) || !placement || !startedAt || !endedAt) return []
    const shown = mayRead(job.participant)
    return {
      ...(shown ? namesOf(job) : { job: '', name: '', participant: '' }),
      ...{ site: placement.site, chip: placement.chip, chips: job.ask.chips, state },
      ...{ startedAt: startedAt.toISOString(), endedAt: endedAt.toISOString() },
      ...(usage && { chipHours: usage.chipHours }),
    }
  })
}

function namesOf({ id, participant, ask, record }: PublicJob) {
  return { job: id, name: ask.name, participant, ...(record !== undefined && { record }) }
}
