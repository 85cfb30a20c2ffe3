import { expect, test } from 'vitest'
import type { Case, Disposition, Site } from './case.ts'
import { setGuard } from './guard.ts'

const BOUNDS = { falseAlarms: 0.02, missed: 0.3, confidence: 0.9, aim: 0.01 }

function caseWith(number: number, disposition: Disposition): Case {
  const facts = new Float64Array(0)
  return { number, signature: 's', host: 'h', first: 0, techniques: [], facts, runs: [], disposition }
}

/** A site with its scores: benign ones at `benign`, and one group for each attack file. */
function scored(
  name: string,
  benign: readonly number[],
  attacks: readonly number[],
): { site: Site; scores: Float64Array } {
  const scores = Float64Array.from([...benign, ...attacks])
  const cases = Array.from(scores, (_, at) =>
    caseWith(at, at < benign.length ? { verdict: 'benign' } : { verdict: 'attack', file: `step ${at}` }),
  )
  return { site: { name, cases }, scores }
}

function guardOf(list: readonly { site: Site; scores: Float64Array }[], bounds = BOUNDS) {
  return setGuard(
    list.map(({ site }) => site),
    list.map(({ scores }) => scores),
    bounds,
  )
}

const clear = (name: string) => scored(name, Array(500).fill(-5), Array(10).fill(3))

test('where scores part attacks from noise, the range between is proven and the careful end is taken', () => {
  const guard = guardOf(['a', 'b', 'c', 'd'].map(clear))
  expect(guard).toMatchObject({ proven: true, threshold: -4.75, largestShare: 3, sites: 4 })
  if (!guard.proven) throw new Error('not proven')
  expect(guard.missed).toMatchObject({ successes: 0, trials: 40 })
  expect(guard.missed.upper).toBeLessThanOrEqual(BOUNDS.missed)
  expect(guard.falseAlarms.upper).toBeLessThanOrEqual(BOUNDS.falseAlarms)
})

test('without an aim within reach the largest share under both bounds is taken', () => {
  const noisy = ['a', 'b', 'c', 'd'].map((name) =>
    scored(name, [...Array(495).fill(-5), ...Array(5).fill(4)], Array(10).fill(3)),
  )
  expect(guardOf(noisy, { ...BOUNDS, aim: 0.001 })).toMatchObject({ proven: true, threshold: 3 })
})

test('one site proves nothing about the next', () => {
  const guard = guardOf([clear('a')])
  expect(guard).toMatchObject({ proven: false })
  if (guard.proven) throw new Error('proven')
  expect(guard.reasons.map(({ en }) => en)).toEqual([
    'attacks judged by people come from 1 site(s); at least two are needed before anything is closed unseen',
    'false alarms judged by people come from 1 site(s); at least two are needed before anything is closed unseen',
  ])
})

test('few attacks are not proven and the reason gives the figures', () => {
  const guard = guardOf(['a', 'b'].map((name) => scored(name, Array(500).fill(-5), [3])))
  expect(guard.proven).toBe(false)
  if (!guard.proven) expect(guard.reasons[0]?.en).toMatch(/no threshold proves the bound on misses on 2 sites/)
})

test('where misses are proven and false alarms are not, the safe end with fewest looks is taken and it says so', () => {
  const mixed = guardOf(['a', 'b', 'c', 'd'].map((name) => scored(name, Array(500).fill(0), Array(10).fill(0))))
  expect(mixed).toMatchObject({ proven: true, threshold: 0, falseAlarms: { successes: 2000, trials: 2000 } })
  if (!mixed.proven) throw new Error('not proven')
  expect(mixed.noisy?.en).toMatch(
    /2,000 of 2,000 benign groups were shown, which proves at most 100.00% \(bound 2.00%\)/,
  )
  expect(guardOf(['a', 'b', 'c', 'd'].map(clear))).not.toHaveProperty('noisy')
})

test('of groups that people were shown no attack known is given up for fewer looks', () => {
  const all = (weakest: number) =>
    ['a', 'b', 'c', 'd'].map((name) => scored(name, Array(50).fill(4), [...Array(9).fill(3), weakest]))
  const shown = (list: ReturnType<typeof all>, of: (name: string) => boolean) =>
    list.map(({ site, scores }) => ({ site: { ...site, ofShown: of(site.name) }, scores }))
  expect(guardOf(all(-1))).toMatchObject({ proven: true, threshold: 3, missed: { successes: 4, trials: 40 } })
  expect(guardOf(shown(all(-1), () => true))).toMatchObject({ threshold: -1, missed: { successes: 0 } })
  expect(guardOf(shown(all(-9), (name) => name === 'a'))).toMatchObject({ threshold: -8 })
})

test('attacks of sites that are labelled whole may be missed within the bound, whatever stands beside them', () => {
  const labelled = ['a', 'b', 'c'].map((name) => scored(name, Array(50).fill(4), [...Array(9).fill(3), -1]))
  const { site, scores } = scored('d', Array(50).fill(4), Array(10).fill(2))
  expect(guardOf([...labelled, { site: { ...site, ofShown: true }, scores }])).toMatchObject({ threshold: 2 })
})

test('an attack file counts once, by its best group; unclear cases count nowhere', () => {
  const sites = ['a', 'b', 'c', 'd'].map((name) => {
    const { site, scores } = clear(name)
    const extra = [caseWith(900, { verdict: 'attack', file: 'step 500' }), caseWith(901, { verdict: 'unclear' })]
    return { site: { name, cases: [...site.cases, ...extra] }, scores: Float64Array.from([...scores, -7, 9]) }
  })
  const guard = guardOf(sites)
  expect(guard).toMatchObject({ proven: true, missed: { successes: 0, trials: 40 }, falseAlarms: { trials: 2000 } })
})
