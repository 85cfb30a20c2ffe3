import type { Clock } from '@dengta/kernel'
import { readComment } from './job-comment.ts'
import type { SlurmClient, SlurmJob, SlurmRun } from './slurm-client.ts'
import { slurmErrors } from './slurm-errors.ts'

/** Which number each job of the house has in Slurm; read from Slurm, so a crash of ours forgets nothing. */
export interface JobIndex {
  find(job: string): Promise<string | undefined>
  /** Throws `slurm.unknown_job`, after one look at Slurm for jobs that another process has submitted. */
  need(job: string): Promise<string>
  needAll(jobs: readonly string[]): Promise<readonly string[]>
  /** Whether Slurm lists the job, or has just taken it. */
  lists(job: string): boolean
  add(job: string, id: string): void
  /** Jobs as Slurm lists them now: who is among them is found without the accounts, which a cut must not wait for. */
  learn(jobs: readonly SlurmJob[]): void
  /** Reads anew when this job is asked for next: after a submission of which nobody knows whether it arrived. */
  doubt(job: string): void
}

const DAYS = 30

/** Jobs in Slurm's memory and, for those that ended, in its accounts of the last 30 days. */
export function createJobIndex(client: SlurmClient, clock: Clock): JobIndex {
  let known: Promise<Map<string, string>> | undefined
  let listed = new Map<string, string>()
  let readings = 0
  /** Job: readings that had begun before its submission failed; none of them may show it. */
  const doubted = new Map<string, number>()

  async function read(): Promise<Map<string, string>> {
    readings += 1
    const since = clock.now().getTime() - DAYS * 24 * 3600 * 1000
    const ended = [...(await client.runs({ since, cancelled: true })), ...(await client.runs({ since }))]
    const jobs = await client.jobs()
    listed = numbersOf(jobs)
    return numbersOf([...ended, ...jobs])
  }

  function load(): Promise<Map<string, string>> {
    known ??= read().catch((error: unknown) => {
      known = undefined
      throw error
    })
    return known
  }

  async function needAll(jobs: readonly string[]): Promise<readonly string[]> {
    const now = jobs.flatMap((job) => listed.get(job) ?? [])
    if (now.length === jobs.length) return now
    const cached = await load()
    if (jobs.some((job) => !cached.has(job))) known = undefined
    const all = await load()
    return jobs.map((job) => {
      const id = all.get(job)
      if (id === undefined) throw slurmErrors.unknown_job({ job })
      return id
    })
  }

  async function find(job: string): Promise<string | undefined> {
    const now = listed.get(job)
    if (now !== undefined) return now
    if (doubted.get(job) === readings) known = undefined
    return (await load()).get(job)
  }

  return {
    find,
    need: async (job) => (await needAll([job]))[0]!,
    needAll,
    lists: (job) => listed.has(job),
    add: (job, id) => {
      listed.set(job, id)
      const forgotten = (): void => undefined
      known?.then((map) => map.set(job, id), forgotten)
    },
    learn: (jobs) => {
      listed = numbersOf(jobs)
    },
    doubt: (job) => void doubted.set(job, readings),
  }
}

const numbersOf = (all: readonly (SlurmJob | SlurmRun)[]): Map<string, string> =>
  new Map(all.filter(({ comment }) => readComment(comment)).map(({ name, id }) => [name, id]))
