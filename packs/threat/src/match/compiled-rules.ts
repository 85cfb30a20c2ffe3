import type { CategoryRule, Format } from '../normalise/format.ts'
import { pathsOf } from '../normalise/format.ts'
import { type Expression, type Match, matchesOf } from '../rule/expression.ts'
import type { Rule } from '../rule/rule.ts'
import { type KeyTable, UNKNOWN_PATH } from './key-table.ts'
import { costOfLiteral } from './literal-cost.ts'
import type { Literal } from './literal-trie.ts'
import { keyOf, type Sought, soughtBy } from './predicate.ts'
import { type Witness, witnessOf } from './witness.ts'

/** Number of a comparison within one evaluator. */
export type PredicateId = number

interface Predicate {
  readonly match: Match
  readonly sought: Sought | undefined
  /** Number of its field; -1 for a keyword. */
  readonly field: number
}

/** The rules of one log source, with everything that does not depend on an event prepared. */
export interface CompiledRules {
  readonly rules: readonly Rule[]
  readonly expressions: readonly Expression[]
  readonly predicates: readonly Predicate[]
  readonly predicateOf: ReadonlyMap<Match, PredicateId>
  readonly fields: readonly string[]
  /** Ids of the paths that feed each field. */
  readonly pathsOfField: readonly (readonly number[])[]
  /** Fields that a path of the event feeds, by path id. */
  readonly fieldsOfPath: readonly (readonly number[])[]
  /** Literals sought in each field. */
  readonly literals: readonly (readonly Literal[])[]
  /** Literals sought in every value. */
  readonly keywords: readonly Literal[]
  /** Rules to look at once a predicate was found. */
  readonly rulesOf: readonly Int32Array[]
  /** Rules that no predicate announces: they are looked at for every event. */
  readonly always: Int32Array
}

export interface CompileOptions {
  readonly format: Format | undefined
  readonly categoryRule: CategoryRule | undefined
  readonly keys: KeyTable
}

export function compileRules(rules: readonly Rule[], options: CompileOptions): CompiledRules {
  const { predicates, predicateOf, fields } = collect(rules)
  const pathsOfField = fields.map((field) => pathIdsOf(field, options))
  const rulesOf: number[][] = predicates.map(() => [])
  const always: number[] = []
  rules.forEach((rule, index) => {
    const witness = witnessOf(rule.expression, (match) => costOf(predicates[predicateOf.get(match) as number]))
    if (!witness) always.push(index)
    else for (const id of idsOf(witness, predicateOf)) rulesOf[id]?.push(index)
  })
  return {
    rules,
    expressions: rules.map((rule) => rule.expression),
    predicates,
    predicateOf,
    fields,
    pathsOfField,
    fieldsOfPath: feed(pathsOfField, options.keys.size),
    literals: fields.map((_, field) => literalsOf(predicates, field)),
    keywords: literalsOf(predicates, -1),
    rulesOf: rulesOf.map((list) => Int32Array.from(list)),
    always: Int32Array.from(always),
  }
}

const idsOf = (witness: Witness, predicateOf: ReadonlyMap<Match, PredicateId>): Set<PredicateId> =>
  new Set(witness.matches.map((match) => predicateOf.get(match) as number))

interface Collected {
  readonly predicates: Predicate[]
  readonly predicateOf: Map<Match, PredicateId>
  readonly fields: string[]
}

/** Numbers every different comparison and every field. */
function collect(rules: readonly Rule[]): Collected {
  const predicates: Predicate[] = []
  const predicateOf = new Map<Match, PredicateId>()
  const ids = new Map<string, PredicateId>()
  const fields = new Map<string, number>()
  for (const match of rules.flatMap((rule) => matchesOf(rule.expression))) {
    const key = keyOf(match)
    let id = ids.get(key)
    if (id === undefined) {
      id = predicates.length
      ids.set(key, id)
      predicates.push({ match, sought: soughtBy(match), field: numberOf(match.field, fields) })
    }
    predicateOf.set(match, id)
    if (match.value.kind === 'reference') numberOf(match.value.field, fields)
  }
  return { predicates, predicateOf, fields: [...fields.keys()] }
}

function numberOf(field: string | undefined, fields: Map<string, number>): number {
  if (field === undefined) return -1
  if (!fields.has(field)) fields.set(field, fields.size)
  return fields.get(field) as number
}

/** Undefined where no literal stands for the comparison. */
function costOf(predicate: Predicate | undefined): number | undefined {
  if (!predicate?.sought) return undefined
  return costOfLiteral(predicate.sought) + (COMMON.has(predicate.match.field ?? '') ? 0.05 : 0)
}

/** Fields whose exact values are the same in most events of a log source. */
const COMMON = new Set(['EventID', 'Channel', 'Provider_Name', 'EventType', 'IntegrityLevel', 'eventSource', 'type'])

function literalsOf(predicates: readonly Predicate[], field: number): Literal[] {
  return predicates.flatMap((predicate, id) =>
    predicate.field === field && predicate.sought ? [{ ...predicate.sought, id }] : [],
  )
}

function pathIdsOf(field: string, { format, categoryRule, keys }: CompileOptions): number[] {
  const paths = format ? pathsOf(format, field, categoryRule) : [field]
  return paths.map((path) => keys.idOf(path)).filter((id) => id !== UNKNOWN_PATH)
}

/** Fields by path. */
function feed(pathsOfField: readonly (readonly number[])[], paths: number): number[][] {
  const fed: number[][] = Array.from({ length: paths }, () => [])
  pathsOfField.forEach((ids, field) => {
    for (const id of ids) fed[id]?.push(field)
  })
  return fed
}
