import { engineFileErrors } from '../executor/engine-file-errors.ts'
import type { SlurmDescription } from './slurm-description.ts'

/** Words of sinfo that list each node of each partition: name, partition, GRES. */
export const NODES = ['sinfo', '--noheader', '--Node', '--format=%N|%R|%G'] as const

interface Node {
  readonly name: string
  readonly partition: string
  readonly chip: string
  readonly chips: number
}

/**
 * Sites as Slurm has them: what `sinfo` prints for `NODES`. A node is of its first GRES `gpu` with a type and a count, such as
 * `gpu:a910b:8(S:0-1)`; nodes without one are passed over. Throws `engine_file.no_partition`, `engine_file.uneven_nodes`.
 */
export function descriptionOf(answer: string, sites: readonly string[]): SlurmDescription {
  const nodes = answer.split('\n').flatMap((line) => nodeOf(line) ?? [])
  const known = [...new Set(nodes.map(({ partition }) => partition))].join(', ') || '-'
  const lost = sites.find((site) => !nodes.some(({ partition }) => partition === site))
  if (lost !== undefined) throw engineFileErrors.no_partition({ site: lost, known })
  const ours = nodes.filter(({ partition }) => sites.includes(partition))
  const expected = ours[0]?.chips ?? 0
  const odd = ours.find(({ chips }) => chips !== expected)
  if (odd) throw engineFileErrors.uneven_nodes({ site: odd.partition, node: odd.name, chips: odd.chips, expected })
  return { chipsPerNode: expected, sites: sites.map((site) => ({ site, limitKw: 0, pools: poolsOf(ours, site) })) }
}

function poolsOf(nodes: readonly Node[], site: string): SlurmDescription['sites'][number]['pools'] {
  const here = nodes.filter(({ partition }) => partition === site)
  return [...new Set(here.map(({ chip }) => chip))].map((chip) => {
    const names = here.filter((node) => node.chip === chip).map(({ name }) => name)
    return { chip, nodes: names.length, names }
  })
}

function nodeOf(line: string): Node | undefined {
  const [name = '', partition = '', gres = ''] = line.trim().split('|')
  const [, chip, count] = /(?:^|,)gpu:([A-Za-z][\w-]*):(\d+)/.exec(gres) ?? []
  return chip === undefined || Number(count) < 1 ? undefined : { name, partition, chip, chips: Number(count) }
}
