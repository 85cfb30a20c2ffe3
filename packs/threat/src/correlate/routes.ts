import type { Scalar } from '../normalise/leaves.ts'
import type { Correlation } from './correlation.ts'
import { correlationErrors } from './correlation-errors.ts'
import type { CorrelatedRules } from './correlation-set.ts'

/** Reads the first value of a Sigma field of an event; undefined where it has none. */
export type FieldReader = (field: string) => Scalar | undefined

/** The way of an event, that a rule matched, into one correlation, and on from there when that one fires. */
export interface Route {
  /** Place of the correlation in the order of evaluation. */
  readonly correlation: number
  /** Which of its references the event came by, as a bit; 0 where it needs none. */
  readonly bit: number
  /** Fields of the event, aliases replaced, that make the group and the value. */
  readonly groupFields: readonly string[]
  readonly valueFields: readonly string[]
  readonly next: readonly Route[]
}

const MOST_ROUTES = 100_000

/** Routes of every rule, by its place in the rule set. Throws too_large where chains branch beyond reason. */
export function routesOf({ rules, correlations }: CorrelatedRules): readonly (readonly Route[])[] {
  const readers = readersOf(correlations)
  let count = 0
  const build = (by: readonly Reader[], rename: (field: string) => string): Route[] =>
    by.map(({ place, index }) => {
      count += 1
      if (count > MOST_ROUTES)
        throw correlationErrors.too_large({
          why: { en: `more than ${MOST_ROUTES} ways through the chains`, zh: `引用链的路径超过 ${MOST_ROUTES} 条` },
        })
      const correlation = correlations[place] as Correlation
      const real = (field: string): string => rename(correlation.aliases[index]?.get(field) ?? field)
      return {
        correlation: place,
        bit: correlation.kind.startsWith('temporal') ? (1 << index) >>> 0 : 0,
        groupFields: correlation.groupBy.map(real),
        valueFields: correlation.condition.fields.map(real),
        next: build(readers.correlations[place] ?? [], real),
      }
    })
  return rules.map((_, rule) => build(readers.rules[rule] ?? [], (field) => field))
}

interface Reader {
  readonly place: number
  /** Place of the reference in that correlation. */
  readonly index: number
}

function readersOf(correlations: readonly Correlation[]): { rules: Reader[][]; correlations: Reader[][] } {
  const readers: { rules: Reader[][]; correlations: Reader[][] } = { rules: [], correlations: [] }
  correlations.forEach(({ references }, place) => {
    references.forEach((reference, index) => {
      const [list, at] =
        'rule' in reference
          ? ([readers.rules, reference.rule] as const)
          : ([readers.correlations, reference.correlation] as const)
      list[at] ??= []
      list[at].push({ place, index })
    })
  })
  return readers
}

/** Every field that the routes may ask for. */
export function fieldsOf(routes: readonly Route[]): Set<string> {
  return new Set(routes.flatMap((route) => [...route.groupFields, ...route.valueFields, ...fieldsOf(route.next)]))
}
