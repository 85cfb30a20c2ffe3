import { describe, expect, test } from 'vitest'
import { engineJobOf, engineState } from './engine-job.ts'
import { slurmToken } from './json-web-token.ts'
import { readNodeList } from './node-list.ts'
import { readJobFields, readRecords, readRunFields } from './read-lines.ts'
import { jobsSchema, runsSchema } from './rest-answers.ts'
import type { SlurmRun } from './slurm-client.ts'
import { usageOfRuns } from './usage-of-runs.ts'

const jobOf = (line: string) => readJobFields(line.split('|'))
const runOf = (line: string) => readRunFields(line.split('|'))
const COMMENT = 'dengta=1&participant=p&site=north&chip=a910b&chips=4&watts=300&kw=1.44'

describe('what Slurm says of jobs', () => {
  test('a line of squeue and an answer of slurmrestd say the same', () => {
    const line = jobOf(`7|RUNNING|1|1795325528|1795326128|n[2-3,5]|nobody|${COMMENT}|j1|None`)
    const times = { start_time: 1795325528, end_time: 1795326128 }
    const { jobs } = {
      jobs: [
        {
          job_id: 7,
          name: 'j1',
          job_state: 'RUNNING',
          priority: 1,
          state_reason: 'None',
          nodes: 'n[2-3,5]',
          user_name: 'nobody',
        },
      ],
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
    const line = jobOf(`7|COMPLETING|1|1795325528|1795325600||nobody|${COMMENT}|j1|None`)
    const seen = {
      job_id: 7,
      name: 'j1',
      job_state: 'COMPLETING',
      priority: 1,
      state_reason: 'None',
      comment: COMMENT,
      user_name: 'nobody',
    }
    expect(jobsSchema.parse({ jobs: [{ ...seen, start_time: 1795325528, end_time: 1795325600 }] })).toEqual([line])
    expect(engineJobOf(line)).toMatchObject({ state: 'running', leavingSince: 1795325600000, endedAt: undefined })
  })

  test('a waiting job has no start, only a forecast of one, and says why it waits', () => {
    const job = engineJobOf(jobOf(`7|PENDING|1|1795325528|1795326128||nobody|${COMMENT}|j1|Licenses`))
    expect(job).toMatchObject({ state: 'waiting', startedAt: undefined, endedAt: undefined, reason: 'Licenses' })
  })

  test('whatever a user writes into a name or a comment stays there, and no record comes of it', () => {
    const forged = `\n9|RUNNING|1|1|2|n1|nobody|${COMMENT}|j1|None\n`
    const odd = ['7', 'RUNNING', '1', '1', '2', 'n1', 'them', forged, 'a|b', 'None']
    const next = ['8', 'PENDING', '1', '1', '2', '', 'them', '(null)', '', 'Priority']
    const answer = [odd, next].map((fields) => `${fields.map((field) => `${field}<mark>`).join('')}\n`).join('')
    expect(readRecords(`${answer}lost<mark>words`, '<mark>', 10)).toEqual([odd, next])
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
    expect(engineJobOf(jobOf('7|RUNNING|1|1|2||nobody|(null)|j1|None'))).toBeUndefined()
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
    ['REQUEUED', 1, 'waiting'],
    ['A_STATE_OF_TOMORROW', 1, 'running'],
  ])('%s at priority %i is %s', (state, priority, expected) => {
    expect(engineState(state, priority)).toBe(expected)
  })
})

test('a job that goes on, or may, is told no end; one that Slurm ended says why', () => {
  const job = (state: string) => engineJobOf(jobOf(`7|${state}|1|1000|2000||nobody|${COMMENT}|j1|None`))
  expect(job('REQUEUED')?.endedAt).toBeUndefined()
  expect(job('A_STATE_OF_TOMORROW')?.endedAt).toBeUndefined()
  expect(job('TIMEOUT')).toMatchObject({ state: 'failed', endedAt: 2_000_000, reason: { zh: '运行超过时限' } })
  const said = ['NODE_FAIL', 'BOOT_FAIL', 'PREEMPTED', 'OUT_OF_MEMORY'].map((state) => job(state)?.reason)
  expect(said.map((reason) => typeof reason)).toEqual(['object', 'object', 'object', 'object'])
})

describe('what the accounts say', () => {
  const line = (state: string, start: string, end: string, rest = '0:0||') =>
    runOf(`7|${state}|${start}|${end}|${rest}nobody|${COMMENT}|j1`)

  const usedBy = (runs: readonly SlurmRun[], since: number) => usageOfRuns(runs, { since, chipsPerNode: 4 })

  test('runs of a requeued job add up; the end is the last one', () => {
    const runs = [line('COMPLETED', '2000', '2600'), line('REQUEUED', '1000', '1300', '0:15||')]
    expect(usedBy(runs, 0)).toEqual([
      {
        job: 'j1',
        startedAt: 1_000_000,
        endedAt: 2_600_000,
        chips: 4,
        chipHours: 1,
        exitCode: 0,
        joules: { value: 1440 * 900, method: 'estimate', source: 'ordered power x time on the chips' },
      },
    ])
  })

  test('a job that waits for its next run, or still runs, has not ended; one that never began used nothing', () => {
    expect(usedBy([line('REQUEUED', '1000', '1300')], 0)).toEqual([])
    expect(usedBy([line('REQUEUED', '1000', '1300'), line('PENDING', 'None', 'Unknown')], 0)).toEqual([])
    expect(usedBy([line('RUNNING', '1000', 'Unknown')], 0)).toEqual([])
    expect(usedBy([line('CANCELLED by 0', 'None', '1300')], 0)).toEqual([])
    expect(usedBy([line('COMPLETED', '1000', '1300')], 1_300_001)).toEqual([])
  })

  test('another job under the same number, from before Slurm was set up anew, is not added', () => {
    const older = runOf(`7|COMPLETED|500|900|0:0||nobody|${COMMENT}|j0`)
    const both = usedBy([line('COMPLETED', '1000', '1300'), older], 0)
    expect(both.map(({ job, endedAt }) => [job, endedAt])).toEqual([
      ['j0', 900_000],
      ['j1', 1_300_000],
    ])
  })

  test('a job that gave nodes back and was requeued to grow: chips by run, though Slurm mixes up the ends of its runs', () => {
    // As Slurm 22.05.8 wrote them: 24 chips to 1000 + 5, 16 to 45, requeued, 24 from 51 to 651.
    const comment = encodeComment('24@0 16@1004500 24@1045300')
    const written = (state: string, start: number, end: string, said = '') =>
      runOf(`1|${state}|${start}|${end}|0:0||nobody|${said}|big`)
    const runs = [
      written('RESIZING', 1000, '1005', encodeComment('24@0 16@1004500')),
      written('COMPLETED', 1000, '1651', comment),
      written('COMPLETED', 1051, 'Unknown'),
    ]
    const [usage, ...others] = usedBy(runs, 0)
    expect(others).toEqual([])
    expect(usage).toMatchObject({ job: 'big', chips: 24, startedAt: 1_000_000, endedAt: 1_651_000 })
    expect(usage!.chipHours * 3600).toBeCloseTo(24 * 5 + 16 * 40 + 24 * 600, 6)
    expect(usedBy([...runs.slice(0, 2), written('RUNNING', 1051, 'Unknown')], 0)).toEqual([])
  })

  test('a job cancelled after a requeue used what it had run', () => {
    const runs = [line('REQUEUED', '1000', '1900'), line('CANCELLED by 0', 'None', '2000')]
    expect(usedBy(runs, 0)).toMatchObject([{ chipHours: 1, endedAt: 2_000_000 }])
  })

  test.each(['TIMEOUT', 'CANCELLED by 0', 'NODE_FAIL', 'PREEMPTED', 'FAILED'])(
    'a job that is %s has not done its work, though Slurm gives it exit code 0',
    (state) => {
      expect(usedBy([line(state, '1000', '1900')], 0)).toMatchObject([{ chipHours: 1, exitCode: undefined }])
    },
  )

  test('energy that is reckoned is that at the meter of the site, each run at the power that it had', () => {
    const low = { ...line('COMPLETED', '2000', '2600'), comment: COMMENT.replace('kw=1.44', 'kw=0.48') }
    const runs = [line('REQUEUED', '1000', '1300'), low]
    expect(usedBy(runs, 0)[0]!.joules!.value).toBe(1440 * 300 + 480 * 600)
  })

  test('metered energy counts only where every run was metered, on whole nodes, chips and all; a broken meter is none', () => {
    const metered = line('REQUEUED', '1000', '1300', '0:0|5000|')
    expect(usedBy([metered, line('COMPLETED', '2000', '2600', '0:0|7000|')], 0)[0]?.joules).toMatchObject({
      value: 12000,
      method: 'metered',
    })
    const onHalfANode = line('COMPLETED', '1000', '1300', '0:0|5000|')
    expect(usageOfRuns([onHalfANode], { since: 0, chipsPerNode: 8 })[0]?.joules?.method).toBe('estimate')
    const byMeter = (meter: string) => usageOfRuns([onHalfANode], { since: 0, chipsPerNode: 4, meter })[0]?.joules
    expect(byMeter('acct_gather_energy/gpu')).toMatchObject({
      method: 'metered',
      source: 'Slurm acct_gather_energy/gpu',
    })
    expect(byMeter('acct_gather_energy/rapl')?.method).toBe('estimate')
    const broken = line('COMPLETED', '2000', '2600', '0:0|18446744073709551614|')
    expect(usedBy([metered, broken], 0)[0]?.joules?.method).toBe('estimate')
  })

  test('an exit by a signal is told as a shell tells it', () => {
    expect(line('FAILED', '1', '2', '0:9||').exitCode).toBe(137)
    expect(line('FAILED', '1', '2', '3:0||').exitCode).toBe(3)
  })

  test('an answer of slurmrestd says the same as the line of sacct', () => {
    const tres = { allocated: [{ type: 'energy', name: null, id: 3, count: 5000 }] }
    const time = { start: 1000, end: 1300 }
    const one = {
      job_id: 7,
      name: 'j1',
      user: 'nobody',
      state: { current: 'COMPLETED' },
      time,
      comment: { job: COMMENT },
      tres,
    }
    const exit_code = { return_code: 0 }
    const runs: readonly SlurmRun[] = runsSchema.parse({ jobs: [{ ...one, exit_code }] })
    expect(runs).toEqual([line('COMPLETED', '1000', '1300', '0:0|5000|')])
    const neverStarted = { ...one, exit_code, state: { current: 'CANCELLED' }, time: { start: null, end: 1300 } }
    expect(runsSchema.parse({ jobs: [neverStarted] })).toEqual([line('CANCELLED', 'None', '1300', '0:0|5000|')])
    const atOnce = { ...neverStarted, time: { start: 1300, end: 1300 } }
    expect(runsSchema.parse({ jobs: [atOnce] })).toEqual([line('CANCELLED by 0', '1300', '1300', '0:0|5000|')])
  })

  test('a job that was cancelled at once, whose start is said to be its end, never began; one that failed at once did', () => {
    expect(usedBy([line('CANCELLED by 0', '1300', '1300')], 0)).toEqual([])
    expect(usedBy([line('FAILED', '1300', '1300', '1:0||')], 0)).toMatchObject([{ chipHours: 0, exitCode: 1 }])
  })

  test.each([null, {}, [], 'Unknown', { set: false, infinite: true, number: 0 }])(
    'one job of which all is %j hides no other, and is taken to run',
    (odd) => {
      const fields = ['name', 'user', 'state', 'time', 'exit_code', 'comment', 'tres', 'steps']
      const others = ['job_state', 'priority', 'start_time', 'end_time', 'nodes', 'user_name', 'state_reason']
      const strange = Object.fromEntries([...fields, ...others].map((field) => [field, odd]))
      const [run, ...runs] = runsSchema.parse({ jobs: [{ ...strange, job_id: 6 }, odd, { job_id: 7 }] })
      expect([run?.id, run?.endedAt, run?.joules, ...runs.map(({ id }) => id)]).toEqual([
        '6',
        undefined,
        undefined,
        '7',
      ])
      const jobs = jobsSchema.parse({ jobs: [{ ...strange, job_id: 6 }, odd, { job_id: 7, comment: COMMENT }] })
      expect(jobs.map(({ id, nodes }) => [id, nodes.length > 0])).toEqual([
        ['6', odd === 'Unknown'],
        ['7', false],
      ])
      expect(engineJobOf(jobs[1]!)?.state).toBe('running')
    },
  )
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
