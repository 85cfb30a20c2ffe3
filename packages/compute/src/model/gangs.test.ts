import { describe, expect, test } from 'vitest'
import { checkPlan } from '../plan/check-plan.ts'
import { planDay } from '../plan/plan-day.ts'
import { readPlanFile, writePlanFile } from '../plan/plan-file.ts'
import { chipsByPool } from '../site-board/chips-by-pool.ts'
import { explainJob } from '../why/why.ts'
import { powerBySite } from './cost.ts'
import { readSnapshot } from './read-snapshot.ts'
import { SAMPLE_YAML } from './sample-snapshot.fixture.ts'
import { snapshotDigest } from './snapshot.ts'
import { heldAt, waysOf } from './way.ts'
import { writeSnapshot } from './write-snapshot.ts'

/** The sample day with gangs for j2 (8 chips, tier 3, pretrain) at the end of its line. */
const withGangs = (gangs: string): string =>
  SAMPLE_YAML.replace(/(\{job: j2, .*tier: 3)\}/, (_, line: string) => `${line}, gangs: ${gangs}}`)
const GANGS = '[{chips: 2, speed: 0.3}, {chips: 4, speed: 0.6}]'
const EFFORT = { seed: 1, ascents: 200, rounds: 500 }

const j2Of = (text: string) => readSnapshot(text).jobs.find(({ name }) => name === 'j2')!

describe('smaller gangs of a job', () => {
  test('are read in any order, written back, and leave the digest of a day without them as it was', () => {
    const day = readSnapshot(withGangs(GANGS))
    expect(day.jobs.find(({ name }) => name === 'j2')!.gangs).toEqual([
      { chips: 4, speed: 0.6 },
      { chips: 2, speed: 0.3 },
    ])
    expect(snapshotDigest(readSnapshot(JSON.stringify(writeSnapshot(day))))).toBe(snapshotDigest(day))
    const plain = readSnapshot(SAMPLE_YAML)
    expect(snapshotDigest(readSnapshot(JSON.stringify(writeSnapshot(plain))))).toBe(snapshotDigest(plain))
    expect(JSON.stringify(plain)).not.toContain('gangs')
  })

  test('stand in one cell of a table', () => {
    const head = 'job,participant,class,chips,hours,release,deadline,tier,gangs'
    const table = (cell: string): string =>
      `${SAMPLE_YAML.slice(0, SAMPLE_YAML.indexOf('jobs:'))}jobs: |\n  ${head}\n  j2,lab,pretrain,8,6,06:00,22:00,3,${cell}\n`
    expect(j2Of(table('4:0.6; 2:0.3')).gangs).toEqual(j2Of(withGangs(GANGS)).gangs)
    expect(j2Of(table('')).gangs).toBeUndefined()
    expect(() => j2Of(table('4=0.6'))).toThrow(expect.objectContaining({ code: 'compute.field' }))
  })

  test.each([
    ['gang_not_smaller', '[{chips: 8, speed: 0.9}]'],
    ['gang_repeated', '[{chips: 4, speed: 0.6}, {chips: 4, speed: 0.5}]'],
    ['gang_speeds_up', '[{chips: 2, speed: 0.7}, {chips: 4, speed: 0.6}]'],
    ['field', '[{chips: 4, speed: 1}]'],
    ['field', '[{chips: 4, speed: 0}]'],
    ['field', '[]'],
  ])('refuse %s: %s', (name, gangs) => {
    expect(() => readSnapshot(withGangs(gangs))).toThrow(expect.objectContaining({ code: `compute.${name}` }))
  })

  test('above a node hold whole nodes', () => {
    const pair = (gangs: string): string =>
      withGangs(gangs).replace(
        '{job: j2, participant: lab, class: pretrain, chips: 8',
        '{job: j2, participant: lab, class: pretrain, chips: 16',
      )
    expect(j2Of(pair('[{chips: 8, speed: 0.6}]')).gangs).toHaveLength(1)
    expect(() => j2Of(pair('[{chips: 12, speed: 0.6}]'))).toThrow(/gang of 12 chips; above one node/)
  })

  test('are ways of their own: the floor of the tier counts the product of both speeds', () => {
    const day = readSnapshot(withGangs(GANGS))
    const smaller = waysOf(day, j2Of(withGangs(GANGS))).filter(({ gang }) => gang !== undefined)
    // Tier 3 keeps 50 %: 0.6 x 0.86 = 0.516 may be, 0.6 x 0.62 and every gang of 2 may not.
    expect(smaller.map(({ site, gang, level, slots }) => [site.name, gang, level, slots])).toEqual([
      ['north', 4, 0, 40],
      ['north', 4, 1, 47],
      ['west', 4, 0, 40],
      ['west', 4, 1, 47],
    ])
    expect(smaller[0]!.kw).toBeCloseTo((4 * 382) / 1000, 9)
  })
})

describe('a plan with a smaller gang', () => {
  /** Only 4 chips exist at either site, so that j2 runs on half of its chips or not at all. */
  const small = readSnapshot(
    withGangs(GANGS)
      .replaceAll('{chip: a100, count: 16}', '{chip: a100, count: 4}')
      .replaceAll('{chip: a100, count: 8}', '{chip: a100, count: 4}'),
  )
  const plan = planDay(small, EFFORT)
  const placed = plan.placements.find(({ job }) => job === 'j2')!

  test('states its chips, is checked, and lasts through its file', () => {
    expect(placed).toMatchObject({ chips: 4, slots: placed.level === 0 ? 40 : 47 })
    expect(checkPlan(small, plan)).toMatchObject({ ok: true, faults: [] })
    const read = readPlanFile(writePlanFile({ snapshot: small, plan, effort: EFFORT }))
    expect(read.plan.placements).toEqual(plan.placements)
    expect(checkPlan(read.snapshot, read.plan).ok).toBe(true)
  })

  test('counts its chips in power and use, and explains itself', () => {
    const alone = { ...plan, placements: [placed] }
    const s = small.sites.findIndex(({ name }) => name === placed.site)
    const { watts } = small.classes.pretrain!.a100![placed.level]!
    expect(powerBySite(small, alone.placements)[s]![placed.start]).toBeCloseTo(
      (4 * watts * small.sites[s]!.pue[0]!) / 1000,
      9,
    )
    expect(chipsByPool(small, alone.placements)[s]![0]![placed.start]).toBe(4)
    expect(explainJob(small, plan, 'j2').chosen!.way.gang).toBe(4)
  })

  test.each([
    ['a gang that the job does not list', { chips: 6 }],
    ['one below the floor of its tier', { chips: 2, slots: 80 }],
    ['the whole gang in the time of a part', { chips: undefined }],
    ['the part in the time of the whole gang', { slots: 24 }],
  ])('is refused for %s', (_, change) => {
    const placements = plan.placements.map((each) => (each.job === 'j2' ? { ...each, ...change } : each))
    const { ok, faults } = checkPlan(small, { ...plan, placements })
    expect([ok, faults[0]?.code]).toEqual([false, 'compute.plan.way_forbidden'])
  })
})

test('above one node a gang holds whole nodes of the pool where it lies', () => {
  const day = readSnapshot(withGangs(GANGS))
  const [{ name: site, pools }] = [day.sites[0]!]
  const { chip, nodeSize } = pools[0]!
  expect(heldAt(day, { site, chip }, nodeSize)).toBe(nodeSize)
  expect(heldAt(day, { site, chip }, nodeSize + 1)).toBe(2 * nodeSize)
  expect(heldAt(day, { site, chip: 'none' }, nodeSize + 1)).toBe(nodeSize + 1)
})
