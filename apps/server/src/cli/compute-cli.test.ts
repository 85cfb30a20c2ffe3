import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { houseRoot } from '@dengta/store'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCli } from './run-cli.ts'

const DAY = join(houseRoot(), 'programme/compute-day.yaml')

const NOWHERE = { DENGTA_URL: 'http://127.0.0.1:1' }

let folder: string
let plan: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dengta-plan-'))
  plan = join(folder, 'plan.json')
  expect((await dengta('compute', 'plan', DAY, '-o', plan, '--effort', 'quick')).code).toBe(0)
}, 60_000)
afterAll(() => rm(folder, { recursive: true }))

/** Runs a command line with a server named that nobody reaches: what succeeds reaches nothing. */
async function dengta(...words: string[]) {
  const written = { out: '', err: '' }
  const stream = (name: 'out' | 'err') =>
    ({
      isTTY: false,
      columns: 100,
      write: (text: string) => {
        written[name] += text
        return true
      },
    }) as unknown as NodeJS.WriteStream
  const code = await runCli([...words, '--lang', 'en'], { env: NOWHERE, stdout: stream('out'), stderr: stream('err') })
  return { code, ...written }
}

test('a stranger checks a plan file offline, alone or against a day got by another way', async () => {
  const alone = await dengta('plan', 'check', plan)
  expect(alone).toMatchObject({ code: 0, out: expect.stringMatching(/✓ the plan can be carried out/) })
  expect(alone.out).toMatch(/electricity +\d+\.\d\d\n/)
  expect((await dengta('plan', 'check', plan, '--day', DAY)).code).toBe(0)
})

test('a plan that claims too much, or was made for another day, is refused with exit code 1', async () => {
  const text = await readFile(plan, 'utf8')
  const forged = join(folder, 'forged.json')
  await writeFile(
    forged,
    text.replace(/"bound":\d+/, (found) => `${found}9`),
  )
  expect(await dengta('plan', 'check', forged)).toMatchObject({
    code: 1,
    out: expect.stringMatching(/compute\.plan\.bound_wrong/),
  })
  const other = join(folder, 'other.yaml')
  await writeFile(other, (await readFile(DAY, 'utf8')).replace('count: 64', 'count: 65'))
  expect(await dengta('plan', 'check', plan, '--day', other)).toMatchObject({
    code: 1,
    out: expect.stringMatching(/compute\.plan\.other_snapshot/),
  })
})

test('a file that is no plan, and a day with a mistake, are named with exit code 2', async () => {
  expect(await dengta('plan', 'check', DAY)).toMatchObject({
    code: 2,
    err: expect.stringMatching(/plan_file\.not_json/),
  })
  const wrong = join(folder, 'wrong.yaml')
  await writeFile(wrong, (await readFile(DAY, 'utf8')).replace('limitKw: 26', 'limitKw: -26'))
  expect(await dengta('compute', 'plan', wrong, '-o', join(folder, 'x.json'))).toMatchObject({
    code: 2,
    err: expect.stringMatching(/line \d+, feeders\.2\.limitKw: a power of -26 is below zero.*compute\.negative_power/),
  })
})

test('why is told from a plan file, and an unknown job is named', async () => {
  const { day } = JSON.parse(await readFile(plan, 'utf8'))
  const why = await dengta('compute', 'why', plan, day.jobs[0].job)
  expect(why).toMatchObject({ code: 0, out: expect.stringMatching(/one more MW at \w+/) })
  expect(await dengta('compute', 'why', plan, 'nobody')).toMatchObject({
    code: 2,
    err: expect.stringMatching(/plan\.no_job/),
  })
})

test('a plan file that does not hold is not explained; its first fault is named', async () => {
  const text = await readFile(plan, 'utf8')
  const forged = join(folder, 'unheld.json')
  await writeFile(
    forged,
    text.replace(/"bound":\d+/, (found) => `${found}9`),
  )
  const why = await dengta('compute', 'why', forged, JSON.parse(text).day.jobs[0].job)
  expect(why).toMatchObject({ code: 2, err: expect.stringMatching(/compute\.plan\.bound_wrong/) })
})

test('a day is played under our policy and simple ones, with the same figures each time', async () => {
  const words = ['compute', 'simulate', DAY, '--days', '2', '--node-hours', '500', '--policy', 'first-come', '--json']
  const [first, again] = [await dengta(...words), await dengta(...words)]
  expect(again).toEqual(first)
  const { policies } = JSON.parse(first.out) as { policies: { policy: string; arrived: number; violations: number }[] }
  expect(policies).toMatchObject([{ policy: 'first-come', arrived: 300, violations: 0 }])
  expect((await dengta('compute', 'simulate', DAY, '--policy', 'rolling-replan')).out).toMatch(/\(ours\) +150 +0 +0 /)
})

test('a plan that could be written nowhere is not made first', async () => {
  const { code, err } = await dengta('compute', 'plan', DAY, '-o', join(folder, 'nowhere', 'plan.json'))
  expect(code).toBe(2)
  expect(err).toMatch(/^✗ .*nowhere.*cli\.unreadable_file/)
})

test.each([
  ['no day at all', ['compute', 'simulate', DAY, '--days', '0'], /from 1 to 366/],
  ['an error beyond reason', ['compute', 'simulate', DAY, '--estimate-error', '3'], /from 0 to 2/],
  [
    'a policy that nobody knows',
    ['compute', 'simulate', DAY, '--policy', 'best'],
    /Allowed choices are rolling-replan/,
  ],
  ['a word as a number', ['compute', 'plan', DAY, '-o', 'x', '--seed', 'abc'], /give a number/],
  ['a part of a seed', ['compute', 'plan', DAY, '-o', 'x', '--seed', '1.5'], /give a whole number/],
  ['more than all', ['compute', 'rehearse', 'plan_x', '--from', '14:00', '--depth', '250'], /at most 100/],
  ['a time in words', ['compute', 'rehearse', 'plan_x', '--from', '2pm'], /give a time as 14:00/],
  ['a minute that no hour has', ['compute', 'announce', 'plan_x', '--from', '14:60'], /give a time as 14:00/],
  ['no number at all', ['compute', 'grant', 'lab', '--chip-hours', '', '--kwh', '1'], /give a number/],
  ['a folder', ['compute', 'plan', '.', '-o', 'x'], /names a folder/],
])('%s is refused before anything is done', async (_, words, said) => {
  expect(await dengta(...words)).toMatchObject({ code: 2, err: expect.stringMatching(said) })
})

test('jobs may come from a table of their own, and a mistake in it is named by row', async () => {
  const [day, table, output] = ['bare.yaml', 'jobs.csv', 'table.json'].map((name) => join(folder, name))
  const text = await readFile(DAY, 'utf8')
  await writeFile(day!, text.slice(0, text.indexOf('\njobs:')))
  const head = 'job,participant,class,chips,hours,release,deadline,sites\n'
  await writeFile(
    table!,
    `${head}t1,vendor-a,finetune,8,2,00:00,12:00,mengxi;jibei\nt2,vendor-b,inference,4,1,06:00,09:00,\n`,
  )
  const words = ['compute', 'plan', day!, '--jobs', table!, '-o', output!, '--effort', 'quick']
  expect(await dengta(...words)).toMatchObject({ code: 0, out: expect.stringMatching(/0 jobs stay unserved/) })
  await writeFile(table!, `${head}t1,vendor-a,finetune,8,2,00:00,12:00,atlantis\n`)
  expect(await dengta(...words)).toMatchObject({ code: 2, err: expect.stringMatching(/jobs\.0\.sites\.0.*atlantis/) })
})
