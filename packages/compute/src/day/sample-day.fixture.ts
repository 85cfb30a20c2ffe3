import type { Day } from './day.ts'

export const SAMPLE_DAY: Day = {
  ...{ id: 'day_1', snapshot: 'a'.repeat(64), sourceFile: 'b'.repeat(64), name: '样例日', origin: 'simulated' },
  ...{
    source: 'test',
    startsAt: new Date('2026-11-22T00:00:00Z'),
    slots: 96,
    slotMinutes: 15,
    jobs: 6,
    participants: 2,
  },
  sites: [{ site: 'north', pools: [{ chip: 'a100', count: 8, trust: 'open' }] }],
  ...{ uploadedBy: 'house', uploadedAt: new Date('2026-11-21T08:00:00Z') },
}
