import { join } from 'node:path'
import { type PackNode, type Pod, type PowerModel, peakWatts, type Supplies } from '@dengta/compute'
import { readCsv } from './grid-data.ts'

/** Nodes that hang on one supply, in file order. */
const NODES_A_SUPPLY = 50

/** Shares of peak power that each supply, and all of them together, may draw. */
export interface Limit {
  readonly supply: number
  readonly all: number
}

/** Board powers of public data sheets; the trace hides what G2 and G3 are: taken as A10 and A100 class (assumed). */
export const POWER: PowerModel = {
  idleWatts: { T4: 10, P100: 25, V100M16: 30, V100M32: 30, A10: 30, G2: 30, G3: 50 },
  fullWatts: { T4: 70, P100: 250, V100M16: 300, V100M32: 300, A10: 150, G2: 150, G3: 400 },
  cpuWatts: 3.75,
  caps: [
    { power: 1, speed: 1 },
    { power: 0.835, speed: 0.945 },
    { power: 0.568, speed: 0.79 },
  ],
}

/** The open trace of 6,212 GPUs below the folder of grid data. */
export function packingTrace(folder: string): { readonly nodes: PackNode[]; readonly pods: Pod[] } {
  return {
    nodes: nodesOf(join(folder, 'alibaba_gpu_2023/openb_node_list_gpu_node.csv')),
    pods: podsOf(join(folder, 'alibaba_gpu_2023/openb_pod_list_default.csv')),
  }
}

export function suppliesOf(nodes: readonly PackNode[], limit: Limit): Supplies {
  const supplyOf = Int32Array.from(nodes, (_, n) => Math.floor(n / NODES_A_SUPPLY))
  const rows = Math.ceil(nodes.length / NODES_A_SUPPLY)
  const limitWatts = new Float64Array(rows + 1)
  for (const [n, node] of nodes.entries()) {
    const peak = peakWatts(POWER, node)
    limitWatts[supplyOf[n]!]! += peak * limit.supply
    limitWatts[rows]! += peak * limit.all
  }
  return { supplyOf, limitWatts }
}

export const gpusOf = (nodes: readonly PackNode[]): number => nodes.reduce((sum, { gpus }) => sum + gpus, 0)

function nodesOf(file: string): PackNode[] {
  return readCsv(file).map((row) => ({
    name: row.sn!,
    model: row.model!,
    cpuMilli: Number(row.cpu_milli),
    memoryMib: Number(row.memory_mib),
    gpus: Number(row.gpu),
  }))
}

/** Tasks that are sensitive to latency (LS) are never capped. */
function podsOf(file: string): Pod[] {
  return readCsv(file).map((row) => ({
    name: row.name!,
    cpuMilli: Number(row.cpu_milli),
    memoryMib: Number(row.memory_mib),
    gpus: Number(row.num_gpu),
    gpuMilli: Number(row.gpu_milli),
    models: row.gpu_spec ? row.gpu_spec.split('|') : [],
    mayCap: row.qos !== 'LS',
  }))
}
