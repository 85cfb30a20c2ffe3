import { describe, expect, test } from 'vitest'
import type { EngineJob, EngineState } from '../executor/executor.ts'
import type { Action } from './action.ts'
import { controlStep as decide } from './control-step.ts'
import type { PowerLimits } from './power-limits.ts'
import { MINUTE, START, wantedJob } from './rehearsal.fixture.ts'
import type { Seen } from './seen.ts'
import type { WantedJob } from './wanted.ts'

const NOW = START + 60 * MINUTE

function engineJob({ order }: WantedJob, state: EngineState, changes: Partial<EngineJob> = {}): EngineJob {
  const { job, site, chip, chips, kw } = order
  return { job, engineId: job, state, site, chip, chips, kw, startedAt: NOW - 60 * MINUTE, ...changes }
}

const see = (jobs: readonly EngineJob[], changes: Partial<Seen> = {}): Seen => ({
  ...{ now: NOW, jobs, ended: new Set(), cutUnder: new Map(), fixedPower: new Set(), guards: new Map() },
  ...{ fixedGang: new Set<string>(), resized: new Map(), cancelAsked: new Map() },
  ...changes,
})

const limit = (kw: number, events: readonly string[] = []): PowerLimits => ({
  sites: [{ name: 'east', limitKw: kw, events }],
  feeders: [],
  holdMinutes: 60,
})

const controlStep = (...given: Parameters<typeof decide>) => {
  const step = decide(...given)
  return { ...step, actions: [...step.cuts.flat(), ...step.holds, ...step.fills, ...step.raises] }
}

const wanting = (jobs: readonly WantedJob[]) => ({ jobs, cancelled: [] })
const what = (actions: readonly Action[]): string[] => actions.map((action) => action.do)
const victims = (actions: readonly Action[]): string[] =>
  actions.flatMap((action) => (action.do === 'requeue' ? action.victims.map(({ job }) => job) : []))

/** Each draws 4 kW. */
const [a, b, c] = ['a', 'b', 'c'].map((name) => wantedJob(name, {})) as [WantedJob, WantedJob, WantedJob]
const noCaps = new Set(['a', 'b', 'c'])

/** Half of its chips at 70 % of its speed, a quarter at 40 %. */
const GANGS = [
  { chips: 4, speed: 0.7 },
  { chips: 2, speed: 0.4 },
]
const shrunk = (job: string, event: string | undefined, chips = 4) =>
  new Map([[job, { job, event, chips, from: 8, kw: 2, minutes: 86, lostChipHours: 0 }]])

describe('controlStep and gangs', () => {
  const big = { ...a, gangs: GANGS }
  const running = (changes: Partial<EngineJob> = {}) => [engineJob(big, 'running', { checkpointAt: NOW, ...changes })]
  const fixed = { fixedPower: noCaps }

  test('shrinks where that loses less than a pause, with the time that the job then needs', () => {
    const { actions } = controlStep(see(running(), fixed), wanting([big]), limit(2.5, ['ask']))
    expect(actions.find((action) => action.do === 'resize')).toEqual({
      do: 'resize',
      jobs: [{ job: 'a', chips: 4, kw: 2, minutes: 86, from: 8, event: 'ask', lostChipHours: (8 * 2) / 60 }],
    })
    expect(what(actions)).not.toContain('requeue')
  })

  test('a level and a gang at once: the level first, power counted on the chips it has then', () => {
    const { actions } = controlStep(see(running()), wanting([big]), limit(1.6, ['ask']))
    expect(actions.filter((action) => action.do === 'levels' || action.do === 'resize')).toMatchObject([
      { do: 'levels', levels: [{ job: 'a', wattsPerChip: 300, kw: 3 }] },
      { do: 'resize', jobs: [{ job: 'a', chips: 4, kw: 1.5 }] },
    ])
  })

  test('pauses instead what the engine cannot shrink, what writes no checkpoints, and what its floor forbids', () => {
    const cut = (job: WantedJob, changes: Partial<Seen> = {}) =>
      what(controlStep(see(running(), { ...fixed, ...changes }), wanting([job]), limit(2.5)).cuts.flat())
    expect(cut(big, { fixedGang: new Set(['a']) })).toContain('requeue')
    expect(cut({ ...big, order: { ...big.order, checkpoint: undefined } })).toContain('requeue')
    const other = wantedJob('b', { minutes: 600 })
    const spared = { ...big, tier: 1 as const }
    const both = [...running(), engineJob(other, 'running', { checkpointAt: NOW })]
    const step = controlStep(see(both, fixed), wanting([spared, other]), limit(6))
    expect(victims(step.actions)).toEqual(['b'])
    expect(what(step.actions)).not.toContain('resize')
  })

  test('the floor counts what the gang has taken already', () => {
    // 75 % may be lost of 60 minutes at tier 3's 50 %: on 4 chips 18 are lost in the hour, on 2 chips 36 with 4 of checkpoints.
    const on4 = running({ chips: 4, kw: 2 })
    const long = { ...big, order: { ...big.order, minutes: 70 } }
    const cut = (job: WantedJob) => what(controlStep(see(on4, fixed), wanting([job]), limit(1.2)).cuts.flat())
    expect(cut({ ...long, order: { ...long.order, minutes: 90 } })).toContain('resize')
    const other = wantedJob('b', { chips: 4, kw: 2 })
    const step = controlStep(
      see([...on4, engineJob(other, 'running', { checkpointAt: NOW - 19 * MINUTE })], fixed),
      wanting([long, { ...other, order: { ...other.order, minutes: 600 } }]),
      limit(3),
    )
    expect(victims(step.actions)).toEqual(['b'])
  })

  test('grows again once the request is over, there is power, and a checkpoint has just been written', () => {
    const on4 = (changes: Partial<EngineJob> = {}) => running({ chips: 4, kw: 2, ...changes })
    const grown = (jobs: EngineJob[], events: string[], kw = 8) =>
      controlStep(see(jobs, { ...fixed, resized: shrunk('a', 'ask') }), wanting([big]), limit(kw, events)).fills
    expect(grown(on4(), ['ask'])).toEqual([])
    expect(grown(on4(), [])).toMatchObject([
      { do: 'resize', jobs: [{ job: 'a', chips: 8, kw: 4, minutes: 60, from: 4 }] },
    ])
    expect(grown(on4({ checkpointAt: NOW - 10 * MINUTE }), [])).toEqual([])
    expect(grown(on4(), [], 3)).toEqual([])
    expect(grown(running({ chips: 2, kw: 1 }), [], 3)).toMatchObject([{ jobs: [{ chips: 4, kw: 2, minutes: 86 }] }])
  })

  test('a crash in the middle of a shrink leaves a held job, which goes on with the gang that was journalled', () => {
    const held = (changes: Partial<EngineJob>) => [engineJob(big, 'held', { startedAt: undefined, ...changes })]
    const fills = (jobs: EngineJob[], event: string | undefined, kw: number, events: string[]) =>
      controlStep(see(jobs, { ...fixed, resized: shrunk('a', event) }), wanting([big]), limit(kw, events)).fills
    expect(fills(held({}), 'ask', 2.5, ['ask'])).toMatchObject([
      { do: 'resize', jobs: [{ chips: 4, kw: 2, lostChipHours: 0 }] },
    ])
    expect(fills(held({ chips: 4, kw: 2 }), 'ask', 2.5, ['ask'])).toEqual([{ do: 'release', job: 'a' }])
    expect(fills(held({ chips: 4, kw: 2 }), 'ask', 8, [])).toMatchObject([
      { do: 'resize', jobs: [{ chips: 8, kw: 4 }] },
    ])
    expect(fills(held({ chips: 4, kw: 2 }), 'ask', 2.5, [])).toEqual([{ do: 'release', job: 'a' }])
  })
})

describe('controlStep', () => {
  test('takes the job with the freshest checkpoint, not the one that started last', () => {
    const jobs = [
      engineJob(a, 'running', { checkpointAt: NOW - 2 * MINUTE }),
      engineJob(b, 'running', { checkpointAt: NOW - 19 * MINUTE }),
      engineJob(c, 'running', { checkpointAt: NOW - 12 * MINUTE, startedAt: NOW - 12 * MINUTE }),
    ]
    const { actions, over } = controlStep(see(jobs, { fixedPower: noCaps }), wanting([a, b, c]), limit(8, ['ask']))
    expect(what(actions)).toEqual(['guard', 'requeue'])
    expect(actions[1]).toEqual({
      do: 'requeue',
      victims: [{ job: 'a', event: 'ask', lostChipHours: (8 * 4) / 60 }],
    })
    expect(over).toEqual([{ node: 'east', kw: 12, limitKw: 8 }])
  })

  test('cuts no second time for a job that is about to leave its chips, and gives its room to nobody yet', () => {
    const gone = engineJob(a, 'running', { leavingSince: NOW - 2000 })
    const seen = see([gone, engineJob(b, 'running'), engineJob(c, 'running')], { fixedPower: noCaps })
    const { actions, over } = controlStep(seen, wanting([a, b, c, wantedJob('d', {})]), limit(8))
    expect(actions.filter((action) => action.do !== 'guard')).toEqual([
      { do: 'submit', order: wantedJob('d', {}).order, held: true },
    ])
    expect(over).toEqual([{ node: 'east', kw: 12, limitKw: 8 }])
  })

  test('lowers the guard beside the cut, but before it where a waiting job might take the power set free', () => {
    const running = [a, b].map((job) => engineJob(job, 'running'))
    const options = { fixedPower: noCaps }
    const groups = (jobs: readonly EngineJob[]) =>
      controlStep(see(jobs, options), wanting([a, b, c]), limit(4)).cuts.map((group) => what(group))
    expect(groups(running)).toEqual([['guard', 'requeue']])
    expect(groups([...running, engineJob(c, 'waiting')])).toEqual([['guard'], ['requeue']])
  })

  test('cuts again for a job that hangs in leaving', () => {
    const hangs = engineJob(a, 'running', { leavingSince: NOW - 20_000 })
    const others = [engineJob(b, 'running', { checkpointAt: NOW }), engineJob(c, 'running')]
    const { actions } = controlStep(see([hangs, ...others], { fixedPower: noCaps }), wanting([a, b, c]), limit(8))
    expect(victims(actions)).toEqual(['b'])
  })

  test('lowers levels where that loses less than a pause', () => {
    const jobs = [a, b, c].map((job) => engineJob(job, 'running', { checkpointAt: NOW - 19 * MINUTE }))
    const { actions } = controlStep(see(jobs), wanting([a, b, c]), limit(10))
    expect(what(actions)).toEqual(['guard', 'levels'])
  })

  test('holds what has not started before it touches what runs, the last of the plan first', () => {
    const jobs = [engineJob(a, 'running'), engineJob(b, 'waiting'), engineJob(c, 'waiting')]
    const { actions } = controlStep(see(jobs), wanting([a, b, c]), limit(8))
    expect(actions).toEqual([
      { do: 'guard', site: 'east', kw: 8 },
      { do: 'hold', job: 'c' },
    ])
  })

  test('keeps a job above the floor of its tier while another can give', () => {
    const strict = wantedJob('strict', { tier: 0, minutes: 480 })
    const loose = wantedJob('loose', { tier: 3, minutes: 480 })
    const fresh = engineJob(strict, 'running', { checkpointAt: NOW })
    const old = engineJob(loose, 'running', { checkpointAt: NOW - 19 * MINUTE })
    const seen = see([fresh, old], { fixedPower: new Set(['strict', 'loose']) })
    expect(victims(controlStep(seen, wanting([strict, loose]), limit(5)).actions)).toEqual(['loose'])
    expect(victims(controlStep(seen, wanting([strict, loose]), limit(3)).actions)).toEqual(['strict', 'loose'])
  })

  test('says what it cannot bring within a limit', () => {
    const fixed = wantedJob('fixed', { mayPause: false })
    const step = controlStep(
      see([engineJob(fixed, 'running')], { fixedPower: new Set(['fixed']) }),
      wanting([fixed]),
      limit(3),
    )
    expect(victims(step.actions)).toEqual([])
    expect(step.stillOver).toEqual([{ node: 'east', kw: 4, limitKw: 3 }])
  })

  test('brings back in plan order, as far as there is room, and raises the guard last', () => {
    const jobs = [engineJob(c, 'held'), engineJob(b, 'held'), engineJob(a, 'running', { kw: 2 })]
    const { actions } = controlStep(see(jobs, { guards: new Map([['east', 2]]) }), wanting([a, b, c]), limit(9))
    expect(actions).toEqual([
      { do: 'levels', levels: [{ job: 'a', wattsPerChip: 400, kw: 4 }] },
      { do: 'release', job: 'b' },
      { do: 'guard', site: 'east', kw: 9 },
    ])
  })

  test('leaves a victim off its chips while its request holds, and no longer', () => {
    const seen = see([engineJob(a, 'held')], { cutUnder: new Map([['a', 'ask']]), guards: new Map([['east', 20]]) })
    expect(controlStep(seen, wanting([a]), limit(20, ['ask'])).actions).toEqual([])
    expect(controlStep(seen, wanting([a]), limit(20)).actions).toEqual([{ do: 'release', job: 'a' }])
  })

  test('submits what is due, held where there is no room; nothing early, ended or cancelled', () => {
    const early = wantedJob('early', { startAt: NOW + MINUTE })
    const wanted = { jobs: [a, b, c, early], cancelled: ['c'] }
    const seen = see([engineJob(c, 'running')], { ended: new Set(['gone']), guards: new Map([['east', 5]]) })
    expect(controlStep(seen, wanted, limit(9)).actions.slice(0, 3)).toEqual([
      { do: 'cancel', job: 'c' },
      { do: 'submit', order: a.order, held: false },
      { do: 'submit', order: b.order, held: true },
    ])
  })

  test('a cancelled job draws power until it is gone: none is cut for it, and nobody gets its room before', () => {
    const west = wantedJob('west', { site: 'west' })
    const limits: PowerLimits = {
      sites: ['east', 'west'].map((name) => ({ name, parent: 'valley', limitKw: 100, events: [] })),
      feeders: [{ name: 'valley', limitKw: 4, events: [] }],
      holdMinutes: 60,
    }
    const wanted = { jobs: [a, west], cancelled: ['a'] }
    const step = controlStep(see([engineJob(a, 'running')]), wanted, limits)
    expect(step.actions).toEqual([
      { do: 'guard', site: 'east', kw: 4 },
      { do: 'guard', site: 'west', kw: 0 },
      { do: 'cancel', job: 'a' },
      { do: 'submit', order: west.order, held: true },
    ])
    const both = controlStep(see([engineJob(a, 'running'), engineJob(west, 'running')]), wanted, limits)
    expect([what(both.cuts.flat()), both.over]).toEqual([['guard', 'guard'], [{ node: 'valley', kw: 8, limitKw: 4 }]])
    const hangs = engineJob(a, 'running', { leavingSince: NOW - 20_000 })
    expect(what(controlStep(see([hangs, engineJob(west, 'running')]), wanted, limits).cuts.flat())).not.toEqual([
      'guard',
      'guard',
    ])
  })

  test('starts nothing at a site for which nobody stated a limit', () => {
    const stray = wantedJob('stray', { site: 'nowhere' })
    const { actions } = controlStep(see([]), wanting([stray]), limit(100))
    expect(actions.at(-1)).toEqual({ do: 'submit', order: stray.order, held: true })
  })

  test('two sites under a feeder get guards that keep to it together', () => {
    const west = wantedJob('west', { site: 'west' })
    const limits: PowerLimits = {
      sites: ['east', 'west'].map((name) => ({ name, parent: 'valley', limitKw: 100, events: [] })),
      feeders: [{ name: 'valley', limitKw: 8, events: [] }],
      holdMinutes: 60,
    }
    const { actions } = controlStep(see([]), wanting([a, west, b]), limits)
    const guards = actions.flatMap((action) => (action.do === 'guard' ? [[action.site, action.kw]] : []))
    expect(guards).toEqual([
      ['east', 4],
      ['west', 4],
    ])
  })
})
