import { describe, expect, test } from 'vitest'
import { engineJobOf, engineState } from './engine-job.ts'
import { slurmToken } from './json-web-token.ts'
import { readNodeList } from './node-list.ts'
import { readJobLine, readRunLine } from './read-lines.ts'
import { jobsSchema, runsSchema } from './rest-answers.ts'
import type { SlurmRun } from './slurm-client.ts'
import { usageOfRuns } from './usage-of-runs.ts'

const COMMENT = 'dengta=1&participant=p&site=north&chip=a910b&chips=4&watts=300&kw=1.44'

describe('what Slurm says of jobs', () => {
  test('a line of squeue and an answer of slurmrestd say the same', () => {
    const line = readJobLine(`7|RUNNING|1|1795325528|1795326128|j1|n[2-3,5]|${COMMENT}|None`)
    const times = { start_time: 1795325528, end_time: 1795326128 }
    const { jobs } = {
      jobs: [{ job_id: 7, name: 'j1', job_state: 'RUNNING', priority: 1, state_reason: 'None', nodes: 'n[2-3,5]' }],
    }
    expect(jobsSchema.parse({ jobs: [{ ...jobs[0], ...times, comment: COMMENT }] })).toEqual([line])
    expect(engineJobOf(line)).toEqual({
      job: 'j1',
      engineId: '7',
      state: 'running',
      site: 'north',
      chip: 'a910b',
      chips: 4,
      kw: 1.44,
      nodes: ['n2', 'n3', 'n5'],
      startedAt: 1795325528000,
      endedAt: undefined,
      leavingSince: undefined,
      reason: undefined,
    })
  })

  test('a job that is being ended says since when, by both ways, and still counts as running', () => {
    const line = readJobLine(`7|COMPLETING|1|1795325528|1795325600|j1||${COMMENT}|None`)
    const seen = { job_id: 7, name: 'j1', job_state: 'COMPLETING', priority: 1, state_reason: 'None', comment: COMMENT }
    expect(jobsSchema.parse({ jobs: [{ ...seen, start_time: 1795325528, end_time: 1795325600 }] })).toEqual([line])
    expect(engineJobOf(line)).toMatchObject({ state: 'running', leavingSince: 1795325600000, endedAt: undefined })
  })

  test('a waiting job has no start, only a forecast of one, and says why it waits', () => {
    const job = engineJobOf(readJobLine(`7|PENDING|1|1795325528|1795326128|j1||${COMMENT}|Licenses`))
    expect(job).toMatchObject({ state: 'waiting', startedAt: undefined, endedAt: undefined, reason: 'Licenses' })
  })

  test.each([
    ['', []],
    ['n7', ['n7']],
    ['n1,n12', ['n1', 'n12']],
    ['n[1-3,7],gpu-[08-10].west', ['n1', 'n2', 'n3', 'n7', 'gpu-08.west', 'gpu-09.west', 'gpu-10.west']],
    ['r[1-2]n[1-2]', ['r1n1', 'r1n2', 'r2n1', 'r2n2']],
  ])('the list of nodes %j', (text, names) => {
    expect(readNodeList(text)).toEqual(names)
  })

  test('a job without our comment is not ours', () => {
    expect(engineJobOf(readJobLine('7|RUNNING|1|1|2|j1||(null)|None'))).toBeUndefined()
  })

  test.each([
    ['PENDING', 0, 'held'],
    ['PENDING', 1, 'waiting'],
    ['CONFIGURING', 1, 'running'],
    ['COMPLETING', 0, 'running'],
    ['SUSPENDED', 1, 'running'],
    ['REQUEUE_HOLD', 0, 'held'],
    ['COMPLETED', 1, 'done'],
    ['CANCELLED', 1, 'cancelled'],
    ['FAILED', 1, 'failed'],
    ['TIMEOUT', 1, 'failed'],
    ['NODE_FAIL', 1, 'failed'],
    ['OUT_OF_MEMORY', 1, 'failed'],
    ['A_STATE_OF_TOMORROW', 1, 'failed'],
  ])('%s at priority %i is %s', (state, priority, expected) => {
    expect(engineState(state, priority)).toBe(expected)
  })
})

describe('what the accounts say', () => {
  const line = (state: string, start: string, end: string, rest = '0:0||') =>
    readRunLine(`7|j1|${state}|${start}|${end}|${rest}${COMMENT}`)

  test('runs of a requeued job add up; the end is the last one', () => {
    const runs = [line('COMPLETED', '2000', '2600'), line('REQUEUED', '1000', '1300', '0:15||')]
    expect(usageOfRuns(runs, 0)).toEqual([
      {
        job: 'j1',
        startedAt: 1_000_000,
        endedAt: 2_600_000,
        chips: 4,
        chipHours: 1,
        exitCode: 0,
        joules: { value: 4 * 300 * 900, method: 'estimate', source: expect.stringContaining('watts') },
      },
    ])
  })

  test('a job that waits for its next run, or still runs, has not ended; one that never began used nothing', () => {
    expect(usageOfRuns([line('REQUEUED', '1000', '1300')], 0)).toEqual([])
    expect(usageOfRuns([line('REQUEUED', '1000', '1300'), line('PENDING', 'None', 'Unknown')], 0)).toEqual([])
    expect(usageOfRuns([line('RUNNING', '1000', 'Unknown')], 0)).toEqual([])
    expect(usageOfRuns([line('CANCELLED by 0', 'None', '1300')], 0)).toEqual([])
    expect(usageOfRuns([line('COMPLETED', '1000', '1300')], 1_300_001)).toEqual([])
  })

  test('another job under the same number, from before Slurm was set up anew, is not added', () => {
    const older = readRunLine(`7|j0|COMPLETED|500|900|0:0||${COMMENT}`)
    const both = usageOfRuns([line('COMPLETED', '1000', '1300'), older], 0)
    expect(both.map(({ job, endedAt }) => [job, endedAt])).toEqual([
      ['j0', 900_000],
      ['j1', 1_300_000],
    ])
  })

  test('a job that gave nodes back and was requeued to grow: chips by run, though Slurm mixes up the ends of its runs', () => {
    // As Slurm 22.05.8 wrote them: 24 chips to 1000 + 5, 16 to 45, requeued, 24 from 51 to 651.
    const comment = encodeComment('24@0 16@1004500 24@1045300')
    const written = (state: string, start: number, end: string, said = '') =>
      readRunLine(`1|big|${state}|${start}|${end}|0:0||${said}`)
    const runs = [
      written('RESIZING', 1000, '1005', encodeComment('24@0 16@1004500')),
      written('COMPLETED', 1000, '1651', comment),
      written('COMPLETED', 1051, 'Unknown'),
    ]
    const [usage, ...others] = usageOfRuns(runs, 0)
    expect(others).toEqual([])
    expect(usage).toMatchObject({ job: 'big', chips: 24, startedAt: 1_000_000, endedAt: 1_651_000 })
    expect(usage!.chipHours * 3600).toBeCloseTo(24 * 5 + 16 * 40 + 24 * 600, 6)
    expect(usageOfRuns([...runs.slice(0, 2), written('RUNNING', 1051, 'Unknown')], 0)).toEqual([])
  })

  test('a job cancelled after a requeue used what it had run', () => {
    const runs = [line('REQUEUED', '1000', '1900'), line('CANCELLED by 0', 'None', '2000')]
    expect(usageOfRuns(runs, 0)).toMatchObject([{ chipHours: 1, endedAt: 2_000_000 }])
  })

  test('metered energy counts only where every run was metered; a broken meter is none', () => {
    const metered = line('REQUEUED', '1000', '1300', '0:0|5000|')
    expect(usageOfRuns([metered, line('COMPLETED', '2000', '2600', '0:0|7000|')], 0)[0]?.joules).toMatchObject({
      value: 12000,
      method: 'metered',
    })
    const broken = line('COMPLETED', '2000', '2600', '0:0|18446744073709551614|')
    expect(usageOfRuns([metered, broken], 0)[0]?.joules?.method).toBe('estimate')
  })

  test('an exit by a signal is told as a shell tells it', () => {
    expect(line('FAILED', '1', '2', '0:9||').exitCode).toBe(137)
    expect(line('FAILED', '1', '2', '3:0||').exitCode).toBe(3)
  })

  test('an answer of slurmrestd says the same as the line of sacct', () => {
    const steps = [{ statistics: { energy: { consumed: 0 } } }]
    const time = { start: 1000, end: 1300 }
    const one = { job_id: 7, name: 'j1', state: { current: 'COMPLETED' }, time, comment: { job: COMMENT }, steps }
    const runs: readonly SlurmRun[] = runsSchema.parse({ jobs: [{ ...one, exit_code: { return_code: 0 } }] })
    expect(runs).toEqual([line('COMPLETED', '1000', '1300')])
  })
})

test('a token says who and until when, under the key', () => {
  const token = slurmToken(Buffer.from('key'), 'root', { now: 1000, seconds: 60 })
  const [head, body, seal] = token.split('.')
  expect(JSON.parse(String(Buffer.from(head!, 'base64url')))).toEqual({ alg: 'HS256', typ: 'JWT' })
  expect(JSON.parse(String(Buffer.from(body!, 'base64url')))).toEqual({ iat: 1000, exp: 1060, sun: 'root' })
  expect(seal).toHaveLength(43)
  expect(slurmToken(Buffer.from('other'), 'root', { now: 1000, seconds: 60 })).not.toBe(token)
})

const encodeComment = (gangs: string): string =>
  new URLSearchParams({
    dengta: '1',
    participant: 'p',
    site: 's',
    chip: 'c',
    chips: '24',
    watts: '300',
    kw: '9',
    gangs,
  }).toString()
