import type { Text } from '@dengta/kernel'
import { slurmErrors } from './slurm-errors.ts'

/** What a small Slurm is made of. A site becomes a partition, a chip a type of GRES, a node one slurmd. */
export interface SlurmDescription {
  readonly chipsPerNode: number
  readonly sites: readonly SlurmSite[]
}

export interface SlurmSite {
  readonly site: string
  /** Power limit at the meter of the site on the first start, kW. */
  readonly limitKw: number
  readonly pools: readonly SlurmPool[]
}

interface SlurmPool {
  readonly chip: string
  readonly nodes: number
  /** Of its nodes, in a Slurm that others run. */
  readonly names?: readonly string[] | undefined
}

export interface SlurmNode {
  readonly name: string
  readonly site: string
  readonly chip: string
}

const MAX_NODES = 2000
const MAX_CHIPS_PER_NODE = 64

/** A site or chip as Slurm may read it in a configuration file: nothing that ends a word, a list or a line. */
const SLURM_WORD = /^[A-Za-z][A-Za-z0-9_-]{0,59}$/

/** Throws `slurm.bad_description` at the first fault. More nodes than `mostNodes` do not start on one machine; others may run more. */
export function checkDescription({ chipsPerNode, sites }: SlurmDescription, mostNodes = MAX_NODES): void {
  needCount('chipsPerNode', chipsPerNode, MAX_CHIPS_PER_NODE)
  if (sites.length === 0) refuse('sites', { en: 'there is no site', zh: '没有站点' })
  const seen = new Set<string>()
  for (const [s, { site, limitKw, pools }] of sites.entries()) {
    needWord(`sites[${s}].site`, site)
    if (seen.has(site.toLowerCase()))
      refuse(`sites[${s}].site`, { en: `${site} stands here twice`, zh: `${site} 重复出现` })
    seen.add(site.toLowerCase())
    if (!(limitKw >= 0 && limitKw <= 1e6))
      refuse(`sites[${s}].limitKw`, { en: 'give 0 to 1,000,000 kW', zh: '请填写 0 到 1,000,000 千瓦' })
    if (pools.length === 0) refuse(`sites[${s}].pools`, { en: 'there is no pool of chips', zh: '没有芯片池' })
    for (const [p, { chip, nodes }] of pools.entries()) {
      needWord(`sites[${s}].pools[${p}].chip`, chip)
      needCount(`sites[${s}].pools[${p}].nodes`, nodes, mostNodes)
    }
  }
  if (nodesOf({ chipsPerNode, sites }).length > mostNodes)
    refuse('sites', { en: `more than ${mostNodes} nodes`, zh: `节点超过 ${mostNodes} 个` })
}

/** The nodes in order: n1, n2, ... through all pools of all sites, where they have no names of their own. */
export function nodesOf({ sites }: SlurmDescription): readonly SlurmNode[] {
  const nodes: SlurmNode[] = []
  for (const { site, pools } of sites)
    for (const pool of pools)
      for (let k = 0; k < pool.nodes; k += 1)
        nodes.push({ name: pool.names?.[k] ?? `n${nodes.length + 1}`, site, chip: pool.chip })
  return nodes
}

/** Two sites with one kind of chip each, for a demonstration; the power limits let about three quarters of the chips run. */
export function demoDescription(nodes: number): SlurmDescription {
  needCount('nodes', nodes, MAX_NODES)
  const west = Math.floor(nodes / 2)
  const site = (name: string, chip: string, count: number): SlurmSite => ({
    site: name,
    limitKw: Math.ceil(count * 8 * 0.4 * 0.75),
    pools: [{ chip, nodes: count }],
  })
  const sites = [site('north', 'a910b', nodes - west), ...(west > 0 ? [site('west', 'mlu370', west)] : [])]
  return { chipsPerNode: 8, sites }
}

function needWord(path: string, value: string): void {
  if (!SLURM_WORD.test(value))
    refuse(path, {
      en: `${JSON.stringify(value)} must be 1 to 60 letters, digits, _ or -, beginning with a letter`,
      zh: `${JSON.stringify(value)} 应为 1 至 60 个字母、数字、_ 或 -，并以字母开头`,
    })
}

function needCount(path: string, value: number, most: number): void {
  if (!Number.isInteger(value) || value < 1 || value > most)
    refuse(path, { en: `${value} must be a whole number, 1 to ${most}`, zh: `${value} 应为 1 到 ${most} 的整数` })
}

function refuse(path: string, problem: Text): never {
  throw slurmErrors.bad_description({ path, problem })
}
