import type { CorrelationDocument } from '../rule/load-rules.ts'
import type { Rule } from '../rule/rule.ts'
import { within } from '../rule/rule-fault.ts'
import { correlationErrors } from './correlation-errors.ts'
import type { CorrelationDraft } from './read-correlation.ts'

const MAX_CHAIN = 32

/** A correlation that was read, with its document. */
export interface Candidate {
  readonly draft: CorrelationDraft
  readonly document: CorrelationDocument
}

/** Takes note that a document cannot be used, and why. */
export type Refuse = (document: CorrelationDocument, error: unknown) => void

/** Takes out what refers to nothing, until all that is left refers to something; then what refers in a circle. */
export function withoutBrokenReferences(
  candidates: readonly Candidate[],
  rules: readonly Rule[],
  refuse: Refuse,
): Candidate[] {
  const broken = new Set<Candidate>()
  for (;;) {
    const left = candidates.filter((each) => !broken.has(each))
    const find = finder(rules, left)
    const take = (candidate: Candidate, error: unknown): void => {
      broken.add(candidate)
      refuse(candidate.document, error)
    }
    const before = broken.size
    refuseEach(left, (each) => refuseReferences(each, find), take)
    if (broken.size === before) refuseEach(left, (each) => refuseCircle(each, find), take)
    if (broken.size === before) return left
  }
}

function refuseEach(
  candidates: readonly Candidate[],
  check: (candidate: Candidate) => void,
  take: (candidate: Candidate, error: unknown) => void,
): void {
  for (const candidate of candidates) {
    try {
      check(candidate)
    } catch (error) {
      take(candidate, error)
    }
  }
}

type Found = Candidate | Rule
type Find = (name: string, place?: number) => Found

/** Finds a rule by id, else by name. Throws unknown_rule or ambiguous with the place of the reference. */
export function finder(rules: readonly Rule[], candidates: readonly Candidate[]): Find {
  const byId = new Map<string, Found>()
  const byName = new Map<string, Found[]>()
  const add = (found: Found, { id, name }: { id: string; name: string | undefined }): void => {
    byId.set(id, found)
    if (name !== undefined) byName.set(name, [...(byName.get(name) ?? []), found])
  }
  for (const rule of rules) add(rule, rule)
  for (const candidate of candidates) add(candidate, candidate.draft)
  return (name, place = 0) => {
    const named = byName.get(name) ?? []
    const found = byId.get(name) ?? named[0]
    const path = ['correlation', 'rules', place]
    if (!found) throw within(path, correlationErrors.unknown_rule({ rule: name }))
    if (!byId.has(name) && named.length > 1) throw within(path, correlationErrors.ambiguous({ rule: name }))
    return found
  }
}

/** Refuses what names no rule, and a rule named twice, by its id and its name: it would be counted twice. */
function refuseReferences({ draft }: Candidate, find: Find): void {
  const seen = new Set<Found>()
  draft.rules.forEach((name, i) => {
    const found = find(name, i)
    const twice = correlationErrors.bad_value({
      what: 'rules',
      value: name,
      takes: { en: 'each rule once', zh: '每条规则只写一次' },
    })
    if (seen.has(found)) throw within(['correlation', 'rules', i], twice)
    seen.add(found)
  })
}

function refuseCircle(start: Candidate, find: Find): void {
  const done = new Set<Candidate>()
  const walk = (candidate: Candidate, trail: readonly string[]): void => {
    if (trail.length > MAX_CHAIN)
      throw within(
        ['correlation', 'rules'],
        correlationErrors.too_large({
          why: { en: `a chain of more than ${MAX_CHAIN}`, zh: `引用链超过 ${MAX_CHAIN} 层` },
        }),
      )
    for (const name of candidate.draft.rules) {
      const next = find(name)
      if (!('draft' in next)) continue
      if (next === start) {
        const circle = [...trail, next.draft.id].join(' -> ')
        throw within(['correlation', 'rules'], correlationErrors.circle({ circle }))
      }
      if (done.has(next)) continue
      done.add(next)
      walk(next, [...trail, next.draft.id])
    }
  }
  walk(start, [start.draft.id])
}
