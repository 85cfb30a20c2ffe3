import { describe, expect, test } from 'vitest'
import type { OthersPower } from '../executor/others-power.ts'
import { readWorkload, type Workload } from './admission.ts'
import { admitByPower } from './admit-by-power.ts'

const NOW = Date.parse('2026-07-15T08:00:00Z')
const HOUR = 3_600_000
const RESOURCE = 'huawei.com/Ascend910'
const FLAVORS = [
  { flavor: 'east-npu', resource: RESOURCE, site: 'east', chip: 'npu' },
  { flavor: 'west-npu', resource: RESOURCE, site: 'west', chip: 'npu' },
]

interface Given {
  readonly state?: string
  readonly chips?: number | string
  readonly flavor?: string
  readonly priority?: number
  readonly seconds?: number
  readonly conditions?: Readonly<Record<string, string>>
}

/** A workload as Kueue writes it once it has reserved quota. */
function workload(name: string, given: Given = {}): Workload {
  const { state = 'Pending', chips = 10, flavor = 'east-npu', priority, seconds, conditions = {} } = given
  const assignment = {
    ...{ name: 'main', flavors: { cpu: 'any', [RESOURCE]: flavor }, resourceUsage: { cpu: '96', [RESOURCE]: chips } },
  }
  const all = { QuotaReserved: 'True', ...conditions }
  return readWorkload({
    metadata: { name, namespace: 'team', resourceVersion: '1', creationTimestamp: `2026-07-15T07:00:0${name.length}Z` },
    spec: { priority, maximumExecutionTimeSeconds: seconds },
    status: {
      admissionChecks: [{ name: 'power', state }],
      conditions: Object.entries(all).map(([type, status]) => ({ type, status })),
      admission: { clusterQueue: 'all', podSetAssignments: [assignment] },
    },
  })!
}

/** 10 kW at each site, 4 of them from an hour on; a chip draws 0.5 kW. */
const power: OthersPower = {
  leastKw: (_site, _from, to) => (to > NOW + HOUR ? 4 : 10),
  chipKw: (_site, chip) => (chip === 'npu' ? 0.5 : undefined),
}

function answers(workloads: readonly Workload[], options = { flavors: FLAVORS, power }) {
  const verdicts = admitByPower(workloads, { checkName: 'power', now: NOW, ...options })
  return Object.fromEntries([...verdicts].map(([{ metadata }, { answer }]) => [metadata.name, answer]))
}

const messageOf = (given: Given, flavors = FLAVORS): string => {
  const [verdict] = admitByPower([workload('a', given)], { checkName: 'power', now: NOW, flavors, power }).values()
  return verdict?.answer === 'wait' ? verdict.message : ''
}

describe('who may run by the power that the plan gives to others', () => {
  test('as many as fit a site, by priority and then by age; each site has its own', () => {
    const asks = [
      workload('late-', { priority: 0 }),
      workload('old', { priority: 0 }),
      workload('top-1', { priority: 5 }),
    ]
    expect(answers([...asks, workload('w', { flavor: 'west-npu' })])).toEqual({
      'top-1': 'run',
      old: 'run',
      'late-': 'wait',
      w: 'run',
    })
  })

  test('who runs goes before who waits, whatever their priority, and hears nothing', () => {
    const runs = workload('runs', { state: 'Ready', chips: 16 })
    expect(answers([workload('new', { priority: 9 }), runs])).toEqual({ new: 'wait' })
  })

  test('what ran before its queue had our check stays and counts once', () => {
    const before = workload('before', { chips: 16, conditions: { Admitted: 'True' } })
    expect(answers([before, workload('new'), workload('a', { chips: 4 })])).toEqual({ a: 'run', new: 'wait' })
    expect(answers([before], { flavors: FLAVORS, power: { ...power, leastKw: () => 7 } })).toEqual({ before: 'wait' })
  })

  test('where power has fallen the least important leave; nobody else comes in until they are gone', () => {
    const low = { ...power, leastKw: () => 7 }
    const runs = [workload('a', { state: 'Ready', priority: 1 }), workload('bb', { state: 'Ready' })]
    expect(answers([...runs, workload('new', { chips: 2 })], { flavors: FLAVORS, power: low })).toEqual({
      bb: 'wait',
      new: 'wait',
    })
    const sent = workload('bb', { state: 'Retry', conditions: { Admitted: 'True' } })
    const going = workload('bb', { conditions: { Admitted: 'True', Evicted: 'True' } })
    const gone = workload('bb', { conditions: { QuotaReserved: 'False', Admitted: 'False', Evicted: 'True' } })
    for (const [other, answer] of [
      [sent, 'wait'],
      [going, 'wait'],
      [gone, 'run'],
    ] as const)
      expect(answers([runs[0]!, other, workload('new', { chips: 2 })], { flavors: FLAVORS, power: low })).toEqual({
        new: answer,
      })
  })

  test('one that says how long it may run is let in only where the power lasts', () => {
    expect(answers([workload('short', { seconds: 3600 })])).toEqual({ short: 'run' })
    expect(answers([workload('long', { seconds: 7200 })])).toEqual({ long: 'wait' })
    expect(answers([workload('unsaid')])).toEqual({ unsaid: 'run' })
  })

  test('nothing is answered before quota is reserved, nor to what has ended, is evicted or is switched off', () => {
    const asks = [
      workload('early', { conditions: { QuotaReserved: 'False' } }),
      workload('ended', { conditions: { Finished: 'True' } }),
      workload('leaving', { conditions: { Evicted: 'True' } }),
    ]
    expect(answers(asks)).toEqual({})
  })

  test('one whose power cannot be told waits and is told why; one without chips runs', () => {
    expect(messageOf({ flavor: 'north-npu' })).toMatch(/^flavor north-npu of .* stands for no site .*没有/)
    expect(messageOf({}, [{ ...FLAVORS[0]!, chip: 'tpu' }])).toMatch(/states no power of tpu/)
    expect(messageOf({ chips: 'some' })).toMatch(/is not known/)
    expect(messageOf({ chips: '1k' })).toMatch(/no room for it at east/)
    expect(answers([workload('cpu')], { flavors: [{ ...FLAVORS[0]!, resource: 'nvidia.com/gpu' }], power })).toEqual({
      cpu: 'run',
    })
  })
})
