import type { EngineJob } from '../executor/executor.ts'
import { wattsAllowed } from '../executor/watts.ts'
import { licencesOf } from './job-request.ts'
import { licenceOf, SERVER } from './licences.ts'
import { runCommand, tryCommand } from './run-command.ts'
import { MOOT } from './slurm-client.ts'
import type { SlurmConnection } from './slurm-connection.ts'
import { slurmErrors } from './slurm-errors.ts'

/** A change to the power and the comment of a job that waits. */
export interface LevelChange {
  readonly id: string
  readonly site: EngineJob['site']
  readonly kw: number
  readonly comment: string
}

/** Another gang for a job: nodes, chips on each, power and comment, and its time limit in minutes. */
export interface ShapeChange extends LevelChange {
  readonly nodes: number
  /** Absent for a running job, which gives whole nodes back and can change no more. */
  readonly chips?: { readonly type: string; readonly perNode: number } | undefined
  readonly minutes: number
}

/** What only the commands of Slurm 22.05 can do: its REST service has no call for these. */
export interface SlurmOperator {
  /** Takes what runs among these off its nodes and holds it: one call for a list of jobs, several lists at once. */
  requeueAndHold(ids: readonly string[]): Promise<void>
  /** Changes the licences of the site while Slurm runs. */
  setLimit(site: string, kw: number): Promise<void>
  changeWaiting(changes: readonly LevelChange[]): Promise<void>
  /** Tells Slurm what jobs shall hold; what it refuses stays as it is, and is seen when jobs are listed again. */
  reshape(changes: readonly ShapeChange[]): Promise<void>
  /** Lets waiting jobs run on other nodes than those that their orders named. */
  freeOfNodes(ids: readonly string[]): Promise<void>
}

/** scontrol asks for one job after the other, so many jobs go to several at once. */
const CALLS_AT_ONCE = 6
const JOBS_AT_LEAST = 10

export function createSlurmOperator({ prefix, environment }: SlurmConnection): SlurmOperator {
  const options = { env: environment }

  async function requeueShare(ids: readonly string[]): Promise<void> {
    const words = ['scontrol', 'requeuehold', 'Incomplete', ids.join(',')]
    const { code, output, problem } = await tryCommand([...prefix, ...words], options)
    const faults = `${output}\n${problem}`.split('\n').filter((line) => line.trim() !== '' && !MOOT.test(line))
    if (code !== 0 && faults.length > 0)
      throw slurmErrors.command_failed({ command: 'scontrol requeuehold', problem: faults[0]!.trim() })
  }

  async function updateAll(lines: readonly string[]): Promise<void> {
    if (lines.length === 0) return
    const answer = await runCommand([...prefix, 'scontrol'], { ...options, input: lines.join('') })
    const fault = answer.split('\n').find((line) => /error|invalid/i.test(line) && !MOOT.test(line))
    if (fault) throw slurmErrors.command_failed({ command: 'scontrol update job', problem: fault })
  }

  return {
    async requeueAndHold(ids) {
      const share = Math.max(JOBS_AT_LEAST, Math.ceil(ids.length / CALLS_AT_ONCE))
      const shares = Array.from({ length: Math.ceil(ids.length / share) }, (_, k) =>
        ids.slice(k * share, (k + 1) * share),
      )
      await Promise.all(shares.map(requeueShare))
    },
    async setLimit(site, kw) {
      const words = ['sacctmgr', '--immediate', 'modify', 'resource', `name=${licenceOf(site)}`, `server=${SERVER}`]
      const answer = await runCommand([...prefix, ...words, 'set', `count=${wattsAllowed(kw)}`], options)
      if (!/modified/i.test(answer))
        throw slurmErrors.command_failed({
          command: `sacctmgr modify resource ${licenceOf(site)}`,
          problem: answer.trim(),
        })
    },
    async reshape(changes) {
      const input = changes.map(shapeLine).join('')
      if (input !== '') await tryCommand([...prefix, 'scontrol'], { ...options, input })
    },
    changeWaiting: (changes) => updateAll(changes.map(updateLine)),
    freeOfNodes: (ids) => updateAll(ids.map((id) => `update jobid=${id} reqnodelist=\n`)),
  }
}

/** A line of scontrol's own dialogue. The comment is encoded and the licence made of checked names: neither holds a blank. */
const updateLine = ({ id, site, kw, comment }: LevelChange): string =>
  `update jobid=${id} licenses=${licencesOf(site, kw)} comment=${comment}\n`

/** A running job keeps its first node, where its batch script runs; a waiting one may start anywhere. */
function shapeLine({ nodes, chips, minutes, ...level }: ShapeChange): string {
  const anywhere = chips ? ` reqnodelist= numtasks=${nodes} trespernode=gres:gpu:${chips.type}:${chips.perNode}` : ''
  const limit = Math.max(1, Math.ceil(minutes))
  return updateLine(level).replace('\n', ` numnodes=${nodes}${anywhere} timelimit=${limit}\n`)
}
