import { readJobLine, readRunLine } from './read-lines.ts'
import { runCommand, tryCommand } from './run-command.ts'
import { EARLIEST, type JobRequest, MOOT, type RunQuery, type SlurmClient } from './slurm-client.ts'
import type { SlurmConnection } from './slurm-connection.ts'
import { slurmErrors } from './slurm-errors.ts'

/** Slurm by its commands: works wherever a user may type them, about 30 ms a call. */
export function createCommandClient(connection: SlurmConnection): SlurmClient {
  const { prefix, jobUser, outputFolder } = connection
  const options = { env: { ...connection.environment, TZ: 'UTC', SLURM_TIME_FORMAT: '%s' } }
  const run = (words: readonly string[], input?: string) => runCommand([...prefix, ...words], { ...options, input })

  async function change(words: readonly string[]): Promise<boolean> {
    const { code, output, problem } = await tryCommand([...prefix, ...words], options)
    if (MOOT.test(output + problem)) return false
    if (code === 0) return true
    throw slurmErrors.command_failed({ command: words.join(' '), problem: problem || output.trim() })
  }

  return {
    async submit(request) {
      const answer = await run(['sbatch', ...batchWords(request, jobUser, outputFolder)], request.script)
      return answer.trim().split(';')[0]!
    },
    hold: (id) => change(['scontrol', 'hold', id]),
    release: (id) => change(['scontrol', 'release', id]),
    cancel: (id) => change(['scancel', '--verbose', id]),
    async jobs() {
      const answer = await run(['squeue', '--noheader', '--all', '--states=all', `--format=${JOB_FORMAT}`])
      return answer.split('\n').filter(Boolean).map(readJobLine)
    },
    async runs(query) {
      if ('ids' in query && query.ids.length === 0) return []
      const words = ['sacct', '--allusers', '--duplicates', '--allocations', '--parsable2', '--noheader']
      const answer = await run([...words, `--format=${RUN_FORMAT}`, ...filterWords(query)])
      return answer.split('\n').filter(Boolean).map(readRunLine)
    },
  }
}

const JOB_FORMAT = '%A|%T|%Q|%S|%e|%j|%N|%k|%r'
const RUN_FORMAT = 'JobIDRaw,JobName,State,Start,End,ExitCode,ConsumedEnergyRaw,Comment'

function filterWords(query: RunQuery): readonly string[] {
  if ('ids' in query) return [`--jobs=${query.ids.join(',')}`]
  const time = new Date(Math.max(query.since, EARLIEST)).toISOString().slice(0, 19)
  return [`--starttime=${time}`]
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
