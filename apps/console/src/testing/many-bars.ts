import type { PlanBars } from '@dengta/sdk'

/** A generator of numbers from 0 to 1, the same for the same seed (Park and Miller). */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

const POOLS = 8
const SLOTS = 96
const WATTS = [196, 288, 345, 382]

/** A day of many made-up jobs on eight pools, to try the Gantt with: always the same day for the same count. */
export function manyBars(count: number): PlanBars {
  const next = numbers(20_261_122)
  const whole = (below: number): number => Math.floor(next() * below)
  const jobs = Array.from({ length: count }, (_, i) => ({ name: `job-${String(i).padStart(4, '0')}`, pool: i % POOLS }))
  const lanes = new Array<number>(POOLS).fill(0)
  const rows = jobs.map(({ name, pool }, i) => ({ name, pool, slots: 1 + whole(14), i }))
  const free: number[] = new Array(POOLS).fill(0)
  const placed = rows.map((row) => {
    const gap = whole(3)
    if (free[row.pool]! + gap + row.slots > SLOTS) {
      lanes[row.pool]! += 1
      free[row.pool] = 0
    }
    const start = free[row.pool]! + gap
    free[row.pool] = start + row.slots
    return { ...row, start, lane: lanes[row.pool]!, chips: 1 + whole(8), tier: whole(4), kind: whole(3), of: whole(6) }
  })
  placed.sort((a, b) => a.pool - b.pool || a.lane - b.lane || a.start - b.start)
  const column = <T>(of: (bar: (typeof placed)[number]) => T): T[] => placed.map(of)
  return {
    ...{ plan: 'plan_many', startsAt: '2026-03-02T16:00:00.000Z', slotMinutes: 15, slots: SLOTS },
    participants: Array.from({ length: 6 }, (_, i) => `team-${i + 1}`),
    classes: ['finetune', 'pretrain', 'inference'],
    pools: lanes.map((last, p) => ({
      site: `site-${1 + (p >> 1)}`,
      chip: p % 2 ? 'npu' : 'a100',
      count: 550,
      lanes: last + 1,
    })),
    bars: {
      ...{ job: column(({ name }) => name), participant: column(({ of }) => of), class: column(({ kind }) => kind) },
      ...{ pool: column(({ pool }) => pool), lane: column(({ lane }) => lane), start: column(({ start }) => start) },
      ...{ slots: column(({ slots }) => slots), chips: column(({ chips }) => chips) },
      watts: column(({ kind, tier }) => WATTS[(kind + tier) % 4]!),
      tier: column(({ tier }) => tier),
      release: column(({ start }) => Math.max(0, start - 4)),
      deadline: column(({ start, slots }) => Math.min(SLOTS, start + slots + 8)),
    },
    unserved: { job: [], participant: [], class: [], chips: [], tier: [], release: [], deadline: [] },
  }
}
