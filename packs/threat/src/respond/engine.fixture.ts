import { fixedClock } from '@dengta/kernel'
import type { Playbook } from '../playbook/playbook.ts'
import type { Adapter } from './adapter.ts'
import { housePlaybooks } from './house-playbooks.ts'
import { manualAdapter } from './manual-adapter.ts'
import { memoryRunStore } from './memory-run-store.fixture.ts'
import type { OpenC2Response } from './openc2.ts'
import { localOpenC2Adapter } from './openc2-adapter.ts'
import type { PlaybookLibrary } from './playbook-library.ts'
import { type ResponseEngine, responseEngine } from './response-engine.ts'
import type { ResponseParts } from './response-parts.ts'
import type { Run } from './run.ts'
import { actOnWorld, type SimulatedWorld, simulatedWorld } from './simulated-world.ts'

export const house = housePlaybooks()
export const ann = { id: 'ann', level: 'analyst' } as const
export const bob = { id: 'bob', level: 'analyst' } as const
export const lea = { id: 'lea', level: 'lead' } as const

export function libraryOf(...playbooks: readonly Playbook[]): PlaybookLibrary {
  return {
    find: async (id, version) =>
      playbooks.find((each) => each.id === id && (version ?? each.modified) === each.modified),
  }
}

export interface Bench {
  readonly parts: ResponseParts
  readonly engine: ResponseEngine
  readonly world: SimulatedWorld
  /** Actions that the actuator was asked for, but for queries. */
  readonly acted: string[]
  /** Another worker on the same store, an hour later. */
  another(): ResponseEngine
}

export interface BenchOptions {
  readonly library?: PlaybookLibrary
  readonly adapters?: readonly Adapter[]
  readonly onSave?: (run: Run) => void
  /** Called before the world acts; may throw to lose the command, or answer in its place. */
  readonly intercept?: (command: { action: string }) => OpenC2Response | undefined
  /** Called after the world acted; may throw to lose the answer. */
  readonly afterwards?: (command: { action: string }) => void
}

/** An engine over a simulated world with host web-01 and account eve. */
export function bench(options: BenchOptions = {}): Bench {
  const world = simulatedWorld(['web-01'], ['eve'])
  const acted: string[] = []
  let made = 0
  const clock = fixedClock('2026-11-22T08:00:00.000Z')
  const actuator = localOpenC2Adapter((message) => {
    const command = message as { action: string }
    const instead = options.intercept?.(command)
    if (instead) return instead
    if (command.action !== 'query') acted.push(command.action)
    const response = actOnWorld(world, message)
    options.afterwards?.(command)
    return response
  })
  const parts: ResponseParts = {
    runs: memoryRunStore(options.onSave),
    library: options.library ?? libraryOf(...house.values()),
    adapters: options.adapters ?? [actuator, manualAdapter],
    secrets: { reveal: async () => 'top-secret' },
    clock,
    ids: { next: (prefix) => `${prefix}_${++made}` },
    pause: async (milliseconds) => clock.advance(milliseconds),
    holder: 'worker-1',
  }
  const another = () => {
    clock.advance(3_600_000)
    return responseEngine({ ...parts, holder: 'worker-2' })
  }
  return { parts, engine: responseEngine(parts), world, acted, another }
}

export function playbookId(name: string): string {
  return (house.get(name) as Playbook).id
}

export const request = (name: string, inputs: Record<string, string>) => ({
  ...{ playbook: playbookId(name), inputs, requester: 'ann', reason: 'incident 7' },
})
