import { localOpenC2Adapter } from '../../respond/openc2-adapter.ts'
import { actOnWorld, simulatedWorld } from '../../respond/simulated-world.ts'

/**
 * The simulator that responses of the house go to: it knows every host and account that a run names. Its state is that of
 * this process; nothing outside is touched.
 */
export function houseSimulator() {
  const world = simulatedWorld([], [])
  return {
    adapter: localOpenC2Adapter((command) => actOnWorld(world, command)),
    prepare: ({ __host__: host, __account__: account }: Readonly<Record<string, string>>): void => {
      if (host !== undefined && !world.hosts.has(host))
        world.hosts.set(host, { contained: false, processes: ['init', 'sshd'] })
      if (account !== undefined && !world.accounts.has(account)) world.accounts.set(account, { enabled: true })
    },
  }
}
