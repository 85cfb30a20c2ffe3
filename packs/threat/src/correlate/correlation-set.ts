import { AppError } from '@dengta/kernel'
import type { InvalidRule } from '../rule/load-report.ts'
import type { CorrelationDocument, RuleSet } from '../rule/load-rules.ts'
import type { Rule } from '../rule/rule.ts'
import { RuleFault, within } from '../rule/rule-fault.ts'
import type { Correlation, Reference } from './correlation.ts'
import { correlationErrors } from './correlation-errors.ts'
import { type Candidate, finder, type Refuse, withoutBrokenReferences } from './correlation-references.ts'
import { type CorrelationDraft, readCorrelation } from './read-correlation.ts'

/** All usable correlations of a rule set, and every one that is not with its reason. */
export interface CorrelationSet {
  /** Rules of the rule set, by their place in it: what references point to. */
  readonly rules: readonly Rule[]
  /** In the order in which they are evaluated: every correlation stands behind those it reads. */
  readonly correlations: readonly Correlation[]
  readonly invalid: readonly InvalidRule[]
}

/** As much of a set as correlating needs: of the rules only their ids, by their place. Crosses threads. */
export interface CorrelatedRules {
  readonly rules: readonly Pick<Rule, 'id'>[]
  readonly correlations: readonly Correlation[]
}

/** Reads and resolves the correlations of a rule set. Never throws for the fault of a rule: it is in `invalid`. */
export function readCorrelations(ruleSet: Pick<RuleSet, 'rules' | 'correlations'>): CorrelationSet {
  const invalid: InvalidRule[] = []
  const refuse = (document: CorrelationDocument, error: unknown): void => {
    invalid.push(invalidOf(document, error))
  }
  const read = withoutDuplicates(readAll(ruleSet.correlations, refuse), ruleSet.rules, refuse)
  const usable = withoutBrokenReferences(read, ruleSet.rules, refuse)
  const ordered = inOrder(usable, ruleSet.rules)
  return { rules: ruleSet.rules, correlations: resolveAll(ordered, ruleSet.rules), invalid }
}

function readAll(documents: readonly CorrelationDocument[], refuse: Refuse): Candidate[] {
  return documents.flatMap((document) => {
    try {
      return [{ draft: readCorrelation(document), document }]
    } catch (error) {
      refuse(document, error)
      return []
    }
  })
}

function withoutDuplicates(candidates: readonly Candidate[], rules: readonly Rule[], refuse: Refuse): Candidate[] {
  const fileOf = new Map(rules.map((rule) => [rule.id, rule.origin.file]))
  return candidates.filter(({ draft, document }) => {
    const other = fileOf.get(draft.id)
    if (other === undefined) fileOf.set(draft.id, document.file)
    else refuse(document, within(['id'], correlationErrors.duplicate({ id: draft.id, other })))
    return other === undefined
  })
}

/** As in the files, but every correlation behind those it reads. */
function inOrder(candidates: readonly Candidate[], rules: readonly Rule[]): Candidate[] {
  const find = finder(rules, candidates)
  const ordered = new Set<Candidate>()
  const place = (candidate: Candidate): void => {
    if (ordered.has(candidate)) return
    for (const name of candidate.draft.rules) {
      const next = find(name)
      if ('draft' in next) place(next)
    }
    ordered.add(candidate)
  }
  candidates.forEach(place)
  return [...ordered]
}

function resolveAll(ordered: readonly Candidate[], rules: readonly Rule[]): Correlation[] {
  const find = finder(rules, ordered)
  const placeOfRule = new Map(rules.map((rule, i) => [rule, i]))
  const placeOfCandidate = new Map(ordered.map((candidate, i) => [candidate, i]))
  const referenceTo = (name: string): Reference => {
    const found = find(name)
    return 'draft' in found
      ? { correlation: placeOfCandidate.get(found) as number }
      : { rule: placeOfRule.get(found) as number }
  }
  return ordered.map(({ draft: { rules: names, aliases, ...rest } }) => ({
    ...rest,
    references: names.map(referenceTo),
    aliases: names.map((name) => aliasesFor(name, aliases)),
  }))
}

function aliasesFor(name: string, aliases: CorrelationDraft['aliases']): ReadonlyMap<string, string> {
  return new Map(
    [...aliases].flatMap(([alias, fields]) => {
      const field = fields.get(name)
      return field === undefined ? [] : [[alias, field] as const]
    }),
  )
}

function invalidOf(found: CorrelationDocument, error: unknown): InvalidRule {
  const { reason, path } = error instanceof RuleFault ? error : { reason: error, path: [] }
  if (!(reason instanceof AppError)) throw error
  const { id = '', title = '' } = found.document
  const { code, text } = reason
  return { file: found.file, line: found.lineOf(path), id: String(id), title: String(title), code, reason: text }
}
