import type { PackNode, Pod } from './cluster.ts'
import type { PowerModel } from './power.ts'

/** Ten GPUs that add 100 W each in use, ten that add 300 W. */
export const NODES: readonly PackNode[] = ['low', 'high'].flatMap((model) =>
  Array.from({ length: 5 }, (_, i) => ({ name: `${model}${i}`, model, cpuMilli: 8000, memoryMib: 100, gpus: 2 })),
)
export const MODEL: PowerModel = {
  idleWatts: { low: 50, high: 100 },
  fullWatts: { low: 150, high: 400 },
  cpuWatts: 0,
  caps: [
    { power: 1, speed: 1 },
    { power: 0.5, speed: 0.7 },
  ],
}
/** Watts of all nodes at rest. */
export const REST = 10 * 50 + 10 * 100

/** One core and one whole GPU of any model, may be capped, unless said otherwise. */
export const pod = (change: Partial<Pod>): Pod => ({
  name: 'pod',
  cpuMilli: 1000,
  memoryMib: 1,
  gpus: 1,
  gpuMilli: 1000,
  models: [],
  mayCap: true,
  ...change,
})
