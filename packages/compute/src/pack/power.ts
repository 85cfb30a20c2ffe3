import { milliOf, type PackNode, type Pod } from './cluster.ts'

/** Watts of one GPU at rest and at its limit, by model, and of one CPU thread at work. */
export interface PowerModel {
  readonly idleWatts: Readonly<Record<string, number>>
  readonly fullWatts: Readonly<Record<string, number>>
  readonly cpuWatts: number
  /** Nodes are off, and draw nothing, until their first task comes; else all are on, their boards at rest. */
  readonly idleNodesOff?: boolean
  /** Caps from none downward: share of the power above rest, and of the speed. The first is 1 and 1. */
  readonly caps: readonly { readonly power: number; readonly speed: number }[]
}

/** Watts that a pod adds on a node at a cap. A share of a GPU adds its share. */
export function addedWatts(model: PowerModel, node: PackNode, pod: Pod, cap: number): number {
  const full = model.fullWatts[node.model] ?? 0
  const idle = model.idleWatts[node.model] ?? 0
  const gpu = (milliOf(pod) / 1000) * (full - idle) * model.caps[cap]!.power
  return gpu + (pod.cpuMilli / 1000) * model.cpuWatts
}

/** Watts that a pod adds once it is capped as far as it may be. */
export function lowestWatts(model: PowerModel, node: PackNode, pod: Pod): number {
  return addedWatts(model, node, pod, pod.mayCap ? model.caps.length - 1 : 0)
}

/** Watts of a node that is on while nothing runs there. */
export function restWatts({ idleWatts }: PowerModel, { model, gpus }: PackNode): number {
  return gpus * (idleWatts[model] ?? 0)
}

/** Watts of a node before its first task. */
export function emptyWatts(model: PowerModel, node: PackNode): number {
  return model.idleNodesOff ? 0 : restWatts(model, node)
}

/** Watts that the first task adds to its node beside its own. */
export function wakeWatts(model: PowerModel, node: PackNode): number {
  return restWatts(model, node) - emptyWatts(model, node)
}

/** Watts of a node when all of it is used without caps. */
export function peakWatts({ fullWatts, cpuWatts }: PowerModel, { model, gpus, cpuMilli }: PackNode): number {
  return gpus * (fullWatts[model] ?? 0) + (cpuMilli / 1000) * cpuWatts
}
