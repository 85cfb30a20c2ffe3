import type { Text } from '@dengta/kernel'
import type { Order } from '../executor/executor.ts'
import { wattsDrawn } from '../executor/watts.ts'
import { writeComment } from './job-comment.ts'
import { licenceOf, SERVER } from './licences.ts'
import type { JobRequest } from './slurm-client.ts'
import type { SlurmDescription } from './slurm-description.ts'
import { slurmErrors } from './slurm-errors.ts'

const JOB_NAME = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$/

const NODE_NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/

/** Throws `slurm.unsafe_name` for a name that a list, a path or a command of Slurm could read otherwise. */
export function checkJobName(job: string): void {
  if (!JOB_NAME.test(job)) throw slurmErrors.unsafe_name({ name: JSON.stringify(job.slice(0, 120)) })
}

/**
 * What Slurm is asked for an order. Up to one node the chips share it with others; above, the job holds whole nodes and
 * its command starts the rest of the gang with srun.
 */
export function requestOf(order: Order, held: boolean, { chipsPerNode, sites }: SlurmDescription): JobRequest {
  const { job, site: name, chip, chips } = order
  checkOrder(order)
  const site = sites.find((each) => each.site === name)
  if (!site) throw slurmErrors.unknown_site({ job, site: name, known: sites.map((each) => each.site).join(', ') })
  const pool = site.pools.find((each) => each.chip === chip)
  if (!pool)
    throw slurmErrors.unknown_chip({ job, site: name, chip, known: site.pools.map((each) => each.chip).join(', ') })
  const most = chipsPerNode * site.pools.reduce((sum, each) => sum + (each.chip === chip ? each.nodes : 0), 0)
  if (chips > most)
    refuse(job, 'chips', chips, { en: `${name} has ${most} of ${chip}`, zh: `${name} 有 ${most} 块 ${chip}` })
  return {
    name: job,
    partition: name,
    ...shapeOf(chips, chipsPerNode),
    chipType: chip,
    licences: licencesOf(name, order.kw),
    nodeList: order.nodes ?? [],
    comment: writeComment(order),
    minutes: Math.max(1, Math.ceil(order.minutes)),
    script: scriptOf(order.command),
    held,
  }
}

/** Nodes of a gang, and its chips on each: whole nodes above one. */
export function shapeOf(chips: number, chipsPerNode: number): Pick<JobRequest, 'nodes' | 'chipsPerNode'> {
  const nodes = Math.ceil(chips / chipsPerNode)
  return { nodes, chipsPerNode: nodes > 1 ? chipsPerNode : chips }
}

/** Slurm takes a job without licences as one that asks for none, so no power is an empty list. */
export function licencesOf(site: string, kw: number): string {
  const watts = wattsDrawn(kw)
  return watts > 0 ? `${licenceOf(site)}@${SERVER}:${watts}` : ''
}

/** A batch script that becomes the command. Each word stands in single quotes, in which a shell reads nothing but a quote. */
export function scriptOf(command: readonly string[]): string {
  return `#!/bin/sh\nexec ${command.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ')}\n`
}

function checkOrder({ job, chips, minutes, kw, wattsPerChip, command, nodes = [] }: Order): void {
  checkJobName(job)
  const strange = nodes.find((node) => !NODE_NAME.test(node))
  if (strange !== undefined)
    refuse(job, 'nodes', JSON.stringify(strange.slice(0, 120)), {
      en: 'give plain names of nodes',
      zh: '请填写普通的节点名',
    })
  if (!Number.isInteger(chips) || chips < 1)
    refuse(job, 'chips', chips, { en: 'give a whole number of 1 or more', zh: '请填写不小于 1 的整数' })
  if (!(minutes > 0 && minutes < 1e6))
    refuse(job, 'minutes', minutes, {
      en: 'give more than 0, less than 1,000,000',
      zh: '请填写大于 0 且小于 1,000,000 的数',
    })
  if (!(kw >= 0 && kw < 1e6))
    refuse(job, 'kw', kw, { en: 'give 0 or more, less than 1,000,000', zh: '请填写不小于 0 且小于 1,000,000 的数' })
  if (!(wattsPerChip >= 0 && wattsPerChip < 1e6))
    refuse(job, 'wattsPerChip', wattsPerChip, { en: 'give 0 or more', zh: '请填写不小于 0 的数' })
  if (command.length === 0)
    refuse(job, 'command', 0, { en: 'give a program and its arguments', zh: '请填写程序及其参数' })
  if (command.some((word) => word.includes('\0')))
    refuse(job, 'command', '\\0', { en: 'no word may hold a zero byte', zh: '任何参数都不得含零字节' })
}

function refuse(job: string, field: string, value: string | number, rule: Text): never {
  throw slurmErrors.bad_order({ job, field, value, rule })
}
