import type { Clock } from '@dengta/kernel'
import type { z } from 'zod'
import { accountsSchema, faultsSchema, jobsSchema, runsSchema, submitSchema } from './rest-answers.ts'
import { type RestConnection, sendRest } from './rest-call.ts'
import { EARLIEST, type JobRequest, MOOT, ownWords, type SlurmClient, type SlurmRun } from './slurm-client.ts'
import { slurmErrors } from './slurm-errors.ts'

/** slurmdbd calls it a fault where no job fits. */
const NOTHING = /nothing found/i

const PATH = '/usr/local/bin:/usr/bin:/bin'

/** Slurm by slurmrestd, openapi v0.0.38 (Slurm 22.05), with a fresh token for each call. */
export function createRestClient(connection: RestConnection, clock: Clock): SlurmClient {
  const { operator, jobUser } = connection

  async function ask<T>(
    user: string,
    words: readonly [method: string, path: string, body?: object | undefined],
    schema: z.ZodType<T>,
  ) {
    const answer = await sendRest(connection, { user, words, now: Math.floor(clock.now().getTime() / 1000) })
    const name = `${words[0]} ${words[1].split('?')[0]}`
    const { errors } = readAs(faultsSchema, answer, name)
    const fault = errors.find((each) => each.error_number !== undefined && !NOTHING.test(each.description + each.error))
    if (fault) throw slurmErrors.rest_failed({ call: name, problem: `${fault.description}: ${fault.error}` })
    return readAs(schema, answer, name)
  }

  async function change(method: 'POST' | 'DELETE', id: string, body?: object): Promise<boolean> {
    try {
      await ask(operator, [method, `/slurm/v0.0.38/job/${id}`, body], faultsSchema)
      return true
    } catch (error) {
      if (MOOT.test(String(error))) return false
      throw error
    }
  }

  /** By number only one job a call, some 60 ms each: the service has no list of numbers. */
  async function runsOf(ids: readonly string[]): Promise<readonly SlurmRun[]> {
    const found: SlurmRun[] = []
    for (const id of ids) found.push(...(await ask(operator, ['GET', `/slurmdb/v0.0.38/job/${id}`], runsSchema)))
    return found
  }

  /** The service has no choice of users, or the runs of a whole cluster would come; but one of accounts. A user who has none may run jobs all the same. Seconds since 1970 follow `uts`. */
  async function runsSince(since: number, cancelled: boolean): Promise<readonly SlurmRun[]> {
    const accounts = await ask(
      operator,
      ['GET', `/slurmdb/v0.0.38/user/${encodeURIComponent(jobUser)}`],
      accountsSchema,
    )
    const words = new URLSearchParams({
      start_time: `uts${Math.floor(Math.max(EARLIEST, since) / 1000)}`,
      ...(accounts.length > 0 && { account: accounts.join(',') }),
      ...(cancelled && { end_time: `uts${Math.floor(clock.now().getTime() / 1000)}`, state: 'CANCELLED' }),
    })
    return ask(operator, ['GET', `/slurmdb/v0.0.38/jobs?${words}`], runsSchema)
  }

  return {
    async submit(request) {
      const body = { script: request.script, job: jobProperties(request, connection.outputFolder) }
      const { job_id } = await ask(jobUser, ['POST', '/slurm/v0.0.38/job/submit', body], submitSchema)
      if (!job_id) throw slurmErrors.rest_failed({ call: 'job/submit', problem: 'it answered no job number' })
      return String(job_id)
    },
    hold: (id) => change('POST', id, { hold: true }),
    release: (id) => change('POST', id, { hold: false }),
    cancel: (id) => change('DELETE', id),
    jobs: async (whose = 'own') => {
      const jobs = await ask(operator, ['GET', '/slurm/v0.0.38/jobs'], jobsSchema)
      return jobs.filter(({ user }) => whose === 'all' || user === jobUser).map(ownWords(jobUser))
    },
    runs: async (query) => {
      const runs = await ('ids' in query ? runsOf(query.ids) : runsSince(query.since, query.cancelled ?? false))
      return runs.map(ownWords(jobUser))
    },
  }
}

/** `nodes` is a number: of a pair, which the API's text allows too, Slurm 22.05 takes one node only. `nodelist` is the name that sbatch has for it; `required_nodes`, which the API's own text names, is refused as disabled. */
function jobProperties(request: JobRequest, folder: string): object {
  return {
    name: request.name,
    partition: request.partition,
    nodes: request.nodes,
    tasks: request.nodes,
    gpus_per_node: `${request.chipType}:${request.chipsPerNode}`,
    comment: request.comment,
    time_limit: request.minutes,
    requeue: true,
    hold: request.held,
    environment: { PATH },
    current_working_directory: folder,
    standard_output: `${folder}/%j.out`,
    standard_error: `${folder}/%j.out`,
    ...(request.nodeList.length > 0 ? { nodelist: request.nodeList.join(',') } : {}),
    ...(request.licences === '' ? {} : { licenses: request.licences }),
  }
}

function readAs<T>(schema: z.ZodType<T>, answer: unknown, name: string): T {
  const read = schema.safeParse(answer)
  if (read.success) return read.data
  const { path, message } = read.error.issues[0]!
  throw slurmErrors.rest_failed({ call: name, problem: `an answer of another form: ${path.join('.')}: ${message}` })
}
