import { randomUUID } from 'node:crypto'
import { JOB_FIELDS, RUN_FIELDS, readJobFields, readRecords, readRunFields } from './read-lines.ts'
import { runCommand, tryCommand } from './run-command.ts'
import {
  EARLIEST,
  type JobRequest,
  MOOT,
  ownWords,
  type RunQuery,
  type SlurmClient,
  type SlurmRun,
} from './slurm-client.ts'
import type { SlurmConnection } from './slurm-connection.ts'
import { slurmErrors } from './slurm-errors.ts'

/** Slurm by its commands: works wherever a user may type them, about 30 ms a call. */
export function createCommandClient(connection: SlurmConnection): SlurmClient {
  const { prefix, jobUser, outputFolder } = connection
  const { environment } = connection
  const options = { env: { ...environment, TZ: 'UTC', SLURM_TIME_FORMAT: '%s' } }
  const run = (words: readonly string[]) => runCommand([...prefix, ...words], options)

  async function change(words: readonly string[]): Promise<boolean> {
    const { code, output, problem } = await tryCommand([...prefix, ...words], options)
    if (MOOT.test(output + problem)) return false
    if (code === 0) return true
    throw slurmErrors.command_failed({ command: words.join(' '), problem: problem || output.trim() })
  }

  return {
    async submit(request) {
      const words = [...prefix, 'sbatch', ...batchWords(request, jobUser, outputFolder)]
      const answer = await runCommand(words, { env: environment, input: request.script })
      return answer.trim().split(';')[0]!
    },
    hold: (id) => change(['scontrol', 'hold', id]),
    release: (id) => change(['scontrol', 'release', id]),
    cancel: (id) => change(['scancel', '--verbose', id]),
    async jobs(whose = 'own') {
      const mark = newMark()
      const format = JOB_FIELDS.map((field) => `${field}${mark}`).join('')
      const users = whose === 'own' ? [`--user=${jobUser}`] : []
      const answer = await run(['squeue', '--noheader', '--all', '--states=all', ...users, `--format=${format}`])
      return readRecords(answer, mark, JOB_FIELDS.length).map(readJobFields).map(ownWords(jobUser))
    },
    async runs(query) {
      const mark = newMark()
      const words = ['sacct', `--user=${jobUser}`, '--duplicates', '--allocations', '--parsable', '--noheader']
      const format = [`--delimiter=${mark}`, `--format=${RUN_FIELDS.join()}`]
      const runs: SlurmRun[] = []
      for (const filter of filtersOf(query)) {
        const answer = await run([...words, ...format, ...filter])
        for (const fields of readRecords(answer, mark, RUN_FIELDS.length)) runs.push(readRunFields(fields))
      }
      return runs.map(ownWords(jobUser))
    },
  }
}

const newMark = (): string => `|${randomUUID()}|`

/** Numbers in one call: Linux takes words of up to 128 KiB. */
const NUMBERS_AT_ONCE = 1000

/** A filter for each call that the answer to a query takes. */
function filtersOf(query: RunQuery): readonly (readonly string[])[] {
  if ('ids' in query)
    return Array.from({ length: Math.ceil(query.ids.length / NUMBERS_AT_ONCE) }, (_, k) => {
      const share = query.ids.slice(k * NUMBERS_AT_ONCE, (k + 1) * NUMBERS_AT_ONCE)
      return [`--jobs=${share.join(',')}`]
    })
  const time = new Date(Math.max(query.since, EARLIEST)).toISOString().slice(0, 19)
  return [[`--starttime=${time}`, ...(query.cancelled ? ['--endtime=now', '--state=CANCELLED'] : [])]]
}

/** Only the environment of this call, which holds a search path, reaches the job. */
function batchWords(request: JobRequest, user: string, folder: string): readonly string[] {
  return [
    ...['--parsable', `--uid=${user}`, '--export=ALL', '--requeue', `--chdir=${folder}`, `--output=${folder}/%j.out`],
    ...[`--job-name=${request.name}`, `--partition=${request.partition}`, `--time=${request.minutes}`],
    ...[`--nodes=${request.nodes}`, `--ntasks=${request.nodes}`],
    ...[`--gpus-per-node=${request.chipType}:${request.chipsPerNode}`, `--comment=${request.comment}`],
    ...(request.licences === '' ? [] : [`--licenses=${request.licences}`]),
    ...(request.nodeList.length > 0 ? [`--nodelist=${request.nodeList.join(',')}`] : []),
    ...(request.held ? ['--hold'] : []),
  ]
}
