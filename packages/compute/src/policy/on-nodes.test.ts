import { describe, expect, test } from 'vitest'
import type { Job, Snapshot } from '../model/snapshot.ts'
import { breakChips, idleNodes, nodesWithRoom, seat } from '../online/node-room.ts'
import { NOTHING_PLANNED, type OnlineState, type Policy } from '../online/online-state.ts'
import { rollingReplan } from '../online/replan.ts'
import { smallWorld } from '../online/small-world.fixture.ts'
import { simulate } from '../simulate/simulate.ts'
import { replayed } from '../simulate/world.ts'
import { onNodes } from './on-nodes.ts'
import { cheapestInsertion, firstComeBackfill } from './policies.ts'

const POOL = { chip: 'npu', count: 20, nodeSize: 8, trust: 'open' }
const HASTE = { hasteYuanPerChipHour: 0.1 }
const EFFORT = { seed: 3, ascents: 20, roundsPerJob: 10, mostRounds: 100, focus: 100, margin: 1, ...HASTE }

describe('room on nodes', () => {
  test('a pool that is no multiple of its nodes has a smaller last one', () => {
    const room = idleNodes(POOL, 2)
    expect([...room.free]).toEqual([8, 8, 8, 8, 4, 4])
    expect(nodesWithRoom(room, { chips: 16, from: 0, to: 2 })).toEqual([0, 1])
    expect(nodesWithRoom(room, { chips: 17, from: 0, to: 2 })).toBeUndefined()
  })

  test('idle nodes stay whole; else the least room that is enough is taken, over all slots of the stretch', () => {
    const room = idleNodes({ ...POOL, count: 24 }, 4)
    expect(nodesWithRoom(room, { chips: 2, from: 0, to: 4 })).toEqual([0])
    seat(room, [1], { chips: 5, from: 3, to: 4 })
    seat(room, [2], { chips: 4, from: 2, to: 4 })
    expect(nodesWithRoom(room, { chips: 3, from: 2, to: 4 })).toEqual([2])
    expect(nodesWithRoom(room, { chips: 3, from: 3, to: 4 })).toEqual([1])
    expect(nodesWithRoom(room, { chips: 4, from: 3, to: 4 })).toEqual([2])
    seat(room, [2], { chips: 4, from: 2, to: 4 }, -1)
    expect(nodesWithRoom(room, { chips: 4, from: 2, to: 4 })).toEqual([0])
    expect(nodesWithRoom(room, { chips: 8, from: 0, to: 4 })).toEqual([0])
    seat(room, [0], { chips: 1, from: 0, to: 1 })
    expect(nodesWithRoom(room, { chips: 8, from: 0, to: 3 })).toEqual([1])
  })

  test('broken chips are taken where the most are free', () => {
    const room = idleNodes(POOL, 1)
    seat(room, [0], { chips: 6, from: 0, to: 1 })
    breakChips(room, { chips: 10, from: 0, to: 9 })
    expect([...room.free]).toEqual([2, 0, 2])
  })
})

describe('a policy held to nodes', () => {
  const site = smallWorld(1).sites[0]!
  const idle = Array(8).fill(1)
  const world = (jobs: readonly Job[]): Snapshot => ({
    ...smallWorld(1, { slots: 8 }),
    ...{ slots: 8, feeders: [], jobs },
    sites: [
      {
        ...site,
        ...{ feeder: undefined, pue: idle, yuanPerKwh: idle, carbonKgPerKwh: idle, reserveKw: Array(8).fill(0) },
        ...{ envelopeKw: Array(8).fill(100), pools: [{ ...POOL, count: 16 }] },
      },
    ],
  })
  const job = (name: string, chips: number): Job => ({
    ...smallWorld(1).jobs[0]!,
    ...{ name, chips, hours: 0.5, release: 0, deadline: 8, tier: 0, sites: undefined, checkpoint: undefined },
  })
  const state = (snapshot: Snapshot, change: Partial<OnlineState> = {}): OnlineState => ({
    ...{ snapshot, now: 0, horizon: 8, running: [], outages: [], previous: NOTHING_PLANNED },
    ...change,
  })
  const runOn = (name: string, chips: number, node: number) => ({
    ...{ job: name, site: site.name, chip: 'npu', chips, kw: 1, until: 4, nodes: [node] },
  })

  test('eight chips that lie on two nodes are no room for a gang of eight: it waits until a node is whole', () => {
    const asked = state(world([job('gang', 8)]), { running: [runOn('a', 4, 0), runOn('b', 4, 1)] })
    expect(cheapestInsertion(asked).placements).toMatchObject([{ start: 0 }])
    const plan = onNodes(cheapestInsertion, HASTE)(asked)
    expect(plan.placements).toMatchObject([{ job: 'gang', start: 4 }])
    expect(plan.nodes).toEqual(new Map([['gang', [0]]]))
  })

  test('small jobs share the node that is begun, so that the gang finds a whole one', () => {
    const jobs = [job('a', 3), job('b', 3), job('c', 2), job('gang', 8)]
    const plan = onNodes(firstComeBackfill, HASTE)(state(world(jobs)))
    expect(plan.placements.map(({ start }) => start)).toEqual([0, 0, 0, 0])
    expect(new Set(['a', 'b', 'c'].map((name) => plan.nodes?.get(name)?.[0])).size).toBe(1)
  })

  test('a job that finds no node before its deadline is not planned', () => {
    const running = [runOn('a', 4, 0), runOn('b', 4, 1)].map((run) => ({ ...run, until: 8 }))
    const plan = onNodes(cheapestInsertion, HASTE)(state(world([job('gang', 8)]), { running }))
    expect(plan).toMatchObject({ placements: [], nodes: new Map() })
  })

  test('a node is kept for an expected gang while small jobs find room beside it, and no longer', () => {
    const gang = { ...job('gang', 8), release: 1, deadline: 4 }
    const keeping: Policy = (asked) => ({
      ...cheapestInsertion(asked),
      expected: [{ job: gang, at: { job: 'gang', site: site.name, chip: 'npu', level: 0, start: 1, slots: 2 } }],
    })
    const nodesOf = (jobs: readonly Job[]) => {
      const running = [runOn('a', 6, 0)]
      const plan = onNodes(keeping, HASTE)(state(world(jobs), { running }))
      return plan.placements.map(({ job: name, start }) => [name, start, plan.nodes?.get(name)])
    }
    expect(nodesOf([{ ...job('small', 2), deadline: 3 }])).toEqual([['small', 0, [0]]])
    expect(nodesOf([{ ...job('wide', 4), deadline: 3 }])).toEqual([['wide', 0, [1]]])
    expect(nodesOf([job('patient', 4)])).toEqual([['patient', 3, [1]]])
  })

  test('a job that the policy left out is placed where there is room, before its deadline', () => {
    const none: Policy = () => NOTHING_PLANNED
    const running = [runOn('a', 4, 0), runOn('b', 4, 1)]
    const plan = onNodes(
      none,
      HASTE,
    )(state(world([job('gang', 8), { ...job('hopeless', 8), deadline: 5 }]), { running }))
    expect(plan.placements).toMatchObject([{ job: 'gang', start: 4 }])
    expect(plan.nodes).toEqual(new Map([['gang', [0]]]))
  })

  test('a run on a node that is not there is said so', () => {
    const asked = state(world([]), { running: [runOn('ghost', 1, 2)] })
    expect(() => onNodes(cheapestInsertion, HASTE)(asked)).toThrow(/ghost is said to run on node 2 .* has 2 nodes/)
  })

  test.each([
    ['first come', firstComeBackfill],
    ['rolling', rollingReplan(EFFORT)],
  ])('%s: through whole days no node ever holds more than it has, and chips and power stay kept', (_name, policy) => {
    for (const seed of [1, 2, 3]) {
      const faults: string[] = []
      const day = smallWorld(seed, { jobs: 40 })
      const outcome = simulate(replayed(day), watched(onNodes(policy, HASTE), faults), { seed, horizon: 32 })
      expect([faults, outcome.violations, outcome.interrupted]).toEqual([[], 0, 0])
      expect(outcome.served).toBeGreaterThan(15)
    }
  })
})

/** Counts what runs and what is planned on every node in every slot, by the lists alone. */
function watched(policy: Policy, faults: string[]): Policy {
  return (state) => {
    const plan = policy(state)
    const jobs = new Map(state.snapshot.jobs.map((job) => [job.name, job]))
    const all = [
      ...state.running.map(({ until, ...run }) => ({ ...run, from: state.now, to: until })),
      ...plan.placements.map((at) => ({
        ...{ site: at.site, chip: at.chip, chips: jobs.get(at.job)!.chips, nodes: plan.nodes?.get(at.job) },
        ...{ from: at.start, to: at.start + at.slots },
      })),
    ]
    for (const { name, pools } of state.snapshot.sites)
      for (const { chip, nodeSize } of pools)
        for (let slot = state.now; slot < state.snapshot.slots; slot += 1) {
          const held = new Map<number, number>()
          for (const { nodes, chips, ...own } of all)
            if (own.site === name && own.chip === chip && own.from <= slot && slot < own.to)
              for (const node of nodes!) held.set(node, (held.get(node) ?? 0) + Math.min(chips, nodeSize))
          for (const [node, chips] of held)
            if (chips > nodeSize) faults.push(`${name} ${chip} node ${node} slot ${slot}: ${chips}`)
        }
    return plan
  }
}
