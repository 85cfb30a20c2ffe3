import { describe, expect, test } from 'vitest'
import { parseDocument, stringify } from 'yaml'
import { jobsOfTable, withJobsTable } from './jobs-table.ts'
import { readSnapshot } from './read-snapshot.ts'
import { SAMPLE_YAML } from './sample-snapshot.fixture.ts'

const HEAD = 'job,participant,class,chips,hours,release,deadline'

test('a table gives the same jobs as a list', () => {
  const table = `\uFEFF${HEAD},tier,everyMinutes,costSeconds,sites\r\n"a, ""b""",lab,finetune,8,6.5,06:00,22:00,2,30,45,north; west\r\nc,lab,finetune,4,1,00:00,24:00,,,,\r\n\r\n`
  expect(jobsOfTable(table)).toEqual([
    {
      ...{ job: 'a, "b"', participant: 'lab', class: 'finetune', chips: 8, hours: 6.5 },
      ...{ release: '06:00', deadline: '22:00', tier: 2, sites: ['north', 'west'] },
      checkpoint: { everyMinutes: 30, costSeconds: 45 },
    },
    { job: 'c', participant: 'lab', class: 'finetune', chips: 4, hours: 1, release: '00:00', deadline: '24:00' },
  ])
})

test('a quote that does not end its cell stays as it was written, and lines may end as on any machine', () => {
  const table = `job,participant,class\rt1,"lab" 2,"fine\rt2,a"b,x`
  expect(jobsOfTable(table)).toEqual([
    { job: 't1', participant: '"lab" 2', class: '"fine' },
    { job: 't2', participant: 'a"b', class: 'x' },
  ])
})

const dayWith = (table: string): string => {
  const document = parseDocument(SAMPLE_YAML)
  document.set('jobs', table)
  return document.toString()
}

test('a day takes its jobs from a table', () => {
  const { jobs } = readSnapshot(dayWith(`${HEAD}\nt1,lab,finetune,8,6,06:00,22:00\nt2,works,finetune,4,1,00:00,24:00`))
  expect(jobs.map(({ name, chips, deadline }) => [name, chips, deadline])).toEqual([
    ['t1', 8, 88],
    ['t2', 4, 96],
  ])
})

describe('a table of another file', () => {
  const table = `\uFEFF${HEAD}\n"t, 1",lab,finetune,8,6,06:00,22:00\n`
  const day: Record<string, unknown> = parseDocument(SAMPLE_YAML).toJS()
  const { jobs: _, ...jobless } = day
  const braces = `${JSON.stringify(jobless, undefined, 2).replaceAll('"slots"', 'slots').slice(0, -1)},\n}\n`

  test.each([
    ['YAML', stringify(jobless)],
    ['JSON', JSON.stringify(jobless)],
    ['YAML in braces', braces],
  ])('gives its jobs to a day in %s', (_form, text) => {
    expect(readSnapshot(withJobsTable(text, table)).jobs.map(({ name, chips }) => [name, chips])).toEqual([['t, 1', 8]])
  })

  test.each([
    ['YAML', stringify(day)],
    ['JSON', JSON.stringify(day)],
  ])('takes the place of no job that a day in %s lists', (_form, text) => {
    expect(() => readSnapshot(withJobsTable(text, table))).toThrow(
      expect.objectContaining({ code: 'compute.not_yaml' }),
    )
  })
})

test.each([
  ['no number', `${HEAD}\nt1,lab,finetune,eight,6,06:00,22:00`, /jobs\.0\.chips/],
  ['a field that no job has', `${HEAD},colour\nt1,lab,finetune,8,6,06:00,22:00,red`, /jobs\.0: .*colour/],
  ['a cell too many', `${HEAD}\nt1,lab,finetune,8,6,06:00,22:00,9`, /jobs\.0: .*column 8/],
  ['a cell too few', `${HEAD}\nt0,lab,finetune,8,6,06:00,22:00\nt1,lab,finetune,8,6,06:00`, /jobs\.1\.deadline/],
  ['a quote that never ends', `${HEAD}\n"t1,lab,finetune`, /jobs\.0/],
])('%s is named by row and field', (_, table, said) => {
  expect(() => readSnapshot(dayWith(table))).toThrow(said)
})
