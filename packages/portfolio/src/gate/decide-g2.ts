import type { LoggedRecord, Predicate } from '@dengta/evidence'
import { HOUSE, type Reason } from '@dengta/kernel'
import type { Statement } from '../scenario/scenario.ts'
import { type Criterion, decideG1 } from './decide-g1.ts'
import { sayG2 } from './g2-reasons.ts'
import { type GateDecision, stateOf } from './gate.ts'
import { basisOf, newest, ofScenario, predicateOf, type Records } from './records.ts'

/** What stands on record about the data of one benchmark: the newest of each. Checks count only for the data set sealed last. */
interface DataFacts {
  readonly scenario: LoggedRecord<'scenario'> | undefined
  readonly benchmark: LoggedRecord<'benchmark'> | undefined
  readonly seal: LoggedRecord<'seal'> | undefined
  readonly quality: LoggedRecord<'quality'> | undefined
  readonly leak: LoggedRecord<'leak'> | undefined
}

/** G2: may the data be scored on? Sealed under the present definition, checked by the house, free of leaks, large enough. */
export function decideG2(records: Records, scenario: string, benchmark: string): GateDecision {
  const own = ofScenario(records, scenario)
  const facts = factsOf(own, benchmark)
  const reasons = [requirementOpen(own, scenario), ...reasonsFor(facts, benchmark)]
  return { gate: 'G2', about: benchmark, decision: stateOf(reasons), reasons, basis: basisOf(...Object.values(facts)) }
}

/** The data set that counts for a benchmark: the one sealed last. */
export function sealOf(records: Records, benchmark: string): LoggedRecord<'seal'> | undefined {
  return newest(records, 'seal', (one) => one.benchmark === benchmark)
}

export function criteriaFor(statement: Statement | undefined, benchmark: string): readonly Criterion[] {
  return statement?.requirement.criteria.filter((criterion) => criterion.benchmark === benchmark) ?? []
}

function factsOf(own: Records, benchmark: string): DataFacts {
  const seal = sealOf(own, benchmark)
  const dataset = seal && predicateOf(seal).dataset
  const checked = (one: { benchmark: string; dataset: string }) =>
    one.benchmark === benchmark && one.dataset === dataset
  return {
    scenario: newest(own, 'scenario'),
    benchmark: newest(own, 'benchmark', (one) => one.benchmark === benchmark),
    seal,
    quality: newest(own, 'quality', checked),
    leak: newest(own, 'leak', checked),
  }
}

function requirementOpen(own: Records, scenario: string): Reason {
  const { decision } = decideG1(own, scenario)
  return sayG2('g2.requirement', decision === 'OPEN' ? 'open' : decision === 'CLOSED' ? 'closed' : 'unproven')
}

function reasonsFor(facts: DataFacts, benchmark: string): readonly Reason[] {
  const statement = facts.scenario && predicateOf(facts.scenario)
  const definition = facts.benchmark && predicateOf(facts.benchmark)
  const seal = facts.seal && predicateOf(facts.seal)
  const criteria = criteriaFor(statement, benchmark)
  return [
    ...namedBy(criteria, definition),
    defined(definition, statement?.owner, benchmark),
    ...(seal ? sealed(seal, definition, statement?.owner) : [sayG2('g2.seal', 'missing')]),
    ...(seal ? criteria.map((criterion) => largeEnough(seal, criterion)) : []),
    sound(facts.quality && predicateOf(facts.quality)),
    tight(facts.leak && predicateOf(facts.leak)),
  ]
}

function namedBy(criteria: readonly Criterion[], definition: Predicate<'benchmark'> | undefined): readonly Reason[] {
  if (criteria.length === 0) return [sayG2('g2.criterion', 'none')]
  return criteria.map(({ id, metric, direction }) => {
    if (!definition || (definition.metric === metric && definition.direction === direction))
      return sayG2('g2.criterion', 'named', { id })
    const { metric: measured, direction: other } = definition
    return sayG2('g2.criterion', 'differs', { id, metric, direction, measured, other })
  })
}

function defined(definition: Predicate<'benchmark'> | undefined, owner: string | undefined, benchmark: string): Reason {
  if (!definition) return sayG2('g2.benchmark', 'missing', { benchmark })
  const { actor } = definition
  return sayG2('g2.benchmark', actor === owner ? 'signed' : 'other', { actor, owner: owner ?? '?' })
}

function sealed(
  seal: Predicate<'seal'>,
  definition: Predicate<'benchmark'> | undefined,
  owner: string | undefined,
): readonly Reason[] {
  const { actor, dataset, rows, openRows: open, hiddenRows: hidden } = seal
  const outdated = definition !== undefined && definition.definition !== seal.definition
  const finding = actor !== owner ? 'other' : outdated ? 'outdated' : 'signed'
  const adds = hidden > 0 && open >= 0 && open + hidden <= rows
  return [
    sayG2('g2.seal', finding, { dataset, actor, owner: owner ?? '?' }),
    adds
      ? sayG2('g2.commitment', 'committed', { hidden, rows, commitment: seal.commitment.slice(0, 12) })
      : sayG2('g2.commitment', 'contradicts', { open, hidden, rows }),
  ]
}

function largeEnough({ hiddenRows: hidden }: Predicate<'seal'>, { id, minimumRows: needed }: Criterion): Reason {
  return sayG2('g2.rows', hidden >= needed ? 'enough' : 'few', { hidden, id, needed })
}

function sound(quality: Predicate<'quality'> | undefined): Reason {
  if (!quality) return sayG2('g2.quality', 'missing')
  const { actor, verdict, rowsChecked: rows, faults } = quality
  if (actor !== HOUSE) return sayG2('g2.quality', 'other', { actor })
  const count = faults.reduce((sum, fault) => sum + fault.count, 0)
  return verdict === 'pass' ? sayG2('g2.quality', 'passed', { rows }) : sayG2('g2.quality', 'failed', { faults: count })
}

/** The verdict alone is not believed: its own figures must be within its own limits. */
function tight(leak: Predicate<'leak'> | undefined): Reason {
  if (!leak) return sayG2('g2.leak', 'missing')
  const { actor, verdict, exactVectors: exact, nearRows: near, hiddenRows: hidden, limits } = leak
  if (actor !== HOUSE) return sayG2('g2.leak', 'other', { actor })
  const within = exact <= limits.exactVectors && near <= limits.nearShare * hidden
  const nearLimit = Number((100 * limits.nearShare).toPrecision(4))
  const figures = { exact, near, hidden, exactLimit: limits.exactVectors, nearLimit }
  return sayG2('g2.leak', verdict === 'pass' && within ? 'tight' : 'found', figures)
}
