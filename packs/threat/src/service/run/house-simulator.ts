import type { Adapter } from '../../respond/adapter.ts'
import { localOpenC2Adapter } from '../../respond/openc2-adapter.ts'
import { actOnWorld, meetTarget, simulatedWorld } from '../../respond/simulated-world.ts'

/**
 * The simulator that responses of the house go to: it knows every host and account that a command names, also one of a run
 * that began before a restart. Its state is that of this process; nothing outside is touched.
 */
export function houseSimulator(): Adapter {
  const world = simulatedWorld([], [])
  return localOpenC2Adapter((command) => {
    meetTarget(world, command)
    return actOnWorld(world, command)
  })
}
