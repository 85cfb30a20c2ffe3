import { expect, test } from 'vitest'
import { stringify } from 'yaml'
import { countJobs } from './count-jobs.ts'
import { readSnapshot } from './read-snapshot.ts'
import { SAMPLE_YAML } from './sample-snapshot.fixture.ts'

const HEAD = SAMPLE_YAML.slice(0, SAMPLE_YAML.indexOf('  - {job: j1'))
const FIELDS = "participant: lab, class: finetune, chips: 8, hours: 4, release: '00:00', deadline: '12:00'"
const rows = (count: number): string[] => Array.from({ length: count }, (_, i) => `{job: j${i}, ${FIELDS}}`)
const job = { participant: 'lab', class: 'finetune', chips: 8, hours: 4, release: '00:00', deadline: '12:00' }
const jobs = (count: number) => Array.from({ length: count }, (_, i) => ({ job: `j${i}`, ...job }))

test.each([
  ['the sample', SAMPLE_YAML, 6],
  [
    'a list of one line each',
    `${HEAD}${rows(7)
      .map((row) => `  - ${row}\n`)
      .join('')}weights: {moveYuan: 1}\n`,
    7,
  ],
  [
    'a list with notes between',
    `jobs: # all\n\n# first\n- job: a\n  trust:\n  - open\n- # second\n  job: b\nsites: []`,
    2,
  ],
  ['lines that end as on Windows', 'jobs:\r\n  - job: a\r\n  - job: b\r\n', 2],
  ['brackets', `${HEAD.replace(/jobs:\s*$/, '')}jobs: [${rows(5).join(',\n')}]\n`, 5],
  ['JSON', JSON.stringify({ snapshot: 'a', jobs: jobs(4) }, undefined, 1), 4],
  ['YAML in braces', '{snapshot: a, "jobs": [{job: a}]}', undefined],
  ['no jobs at all', 'snapshot: a\n', undefined],
  ['what the library writes', stringify({ jobs: jobs(3), sites: [] }), 3],
])('%s: counted without reading the document', (_, text, count) => {
  expect(countJobs(text)?.count).toBe(count)
})

test.each([
  [
    'YAML',
    `${HEAD}${rows(100_000)
      .map((row) => `  - ${row}\n`)
      .join('')}`,
    45,
  ],
  ['JSON', JSON.stringify({ snapshot: 'a', jobs: jobs(100_000) }), 1],
])('100,000 jobs as %s are refused at once, with the number there may be', (_, text, line) => {
  const began = process.cpuUsage()
  expect(() => readSnapshot(text)).toThrow(
    expect.objectContaining({
      code: 'compute.too_many_jobs',
      details: { line, path: 'jobs', count: 100_000, most: 20_000 },
    }),
  )
  const { user, system } = process.cpuUsage(began)
  expect((user + system) / 1e6).toBeLessThan(2)
})
