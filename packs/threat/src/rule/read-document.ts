import { ComparisonBudget, refuseLarge } from './comparison-budget.ts'
import { readCondition } from './condition.ts'
import { isMap, readDetection } from './detection.ts'
import { constantOf, type Expression, group } from './expression.ts'
import type { RuleFilter } from './filter.ts'
import type { Placeholders } from './placeholders.ts'
import type { LogSource, NamedExpression, Rule, RuleOrigin } from './rule.ts'
import { ruleErrors } from './rule-errors.ts'
import { type RulePath, within } from './rule-fault.ts'

type Raw = Record<string, unknown>

export interface DocumentContext {
  readonly placeholders: Placeholders
  /** Where the document stands and what holds for its whole folder. */
  readonly origin: Omit<RuleOrigin, 'author'>
}

/** Reads a detection rule (Sigma 2.1). Throws a RuleFault that names the place of the fault. */
export function readRule(raw: Raw, { placeholders, origin }: DocumentContext): Rule {
  if (raw.action !== undefined) throw within(['action'], ruleErrors.unsupported({ what: 'action: rule collections' }))
  const title = text(raw, 'title') ?? missing('title')
  const section = isMap(raw.detection) ? raw.detection : missing('detection')
  const { detections, conditions, expression } = readSection(section, ['detection'], placeholders)
  return {
    id: text(raw, 'id') ?? text(raw, 'name') ?? title,
    name: text(raw, 'name'),
    title,
    level: text(raw, 'level') ?? 'informational',
    status: text(raw, 'status') ?? '',
    version: text(raw, 'modified') ?? text(raw, 'date') ?? '',
    tags: strings(raw.tags),
    logSource: readLogSource(raw),
    fields: strings(raw.fields),
    origin: { ...origin, author: text(raw, 'author') ?? '', licence: text(raw, 'license') ?? origin.licence },
    expression,
    parts: { detections, conditions, filters: [] },
  }
}

/** Reads a filter (Sigma 2.1, "Sigma Filters"). Throws a RuleFault. */
export function readFilter(raw: Raw, { placeholders, origin }: DocumentContext): RuleFilter {
  const section = isMap(raw.filter) ? raw.filter : missing('filter')
  const { rules, ...detections } = section
  const title = text(raw, 'title') ?? missing('title')
  const { expression } = readSection(detections, ['filter'], placeholders)
  if (constantOf(expression) === false) throw within(['filter', 'condition'], ruleErrors.silencing())
  return {
    id: text(raw, 'id') ?? title,
    title,
    logSource: readLogSource(raw),
    rules: ruleNames(rules),
    expression,
    origin: { file: origin.file, line: origin.line },
  }
}

function ruleNames(raw: unknown): readonly string[] | 'any' {
  if (raw === 'any') return raw
  const names = [raw].flat()
  const isName = (each: unknown): boolean => typeof each === 'string' || typeof each === 'number'
  return names.length > 0 && names.every(isName) ? names.map(String) : missing('filter.rules')
}

interface Section {
  readonly detections: readonly NamedExpression[]
  readonly conditions: readonly NamedExpression[]
  readonly expression: Expression
}

function readSection(section: Raw, path: RulePath, placeholders: Placeholders): Section {
  const { condition, timeframe, ...named } = section
  if (timeframe !== undefined) {
    throw within([...path, 'timeframe'], ruleErrors.unsupported({ what: 'timeframe: write a correlation rule' }))
  }
  const budget = new ComparisonBudget()
  const detections = new Map(
    Object.entries(named).map(([name, raw]) => [
      name,
      readDetection(raw, { path: [...path, name], placeholders, budget }),
    ]),
  )
  const texts: readonly unknown[] = Array.isArray(condition) && condition.length > 0 ? condition : [condition]
  const conditions = texts.map((each) => ({
    name: String(each),
    expression: conditionAt(each, [...path, 'condition'], detections),
  }))
  const parts = conditions.map(({ expression }) => expression)
  at(path, () => refuseLarge({ kind: 'or', parts }))
  return {
    detections: [...detections].map(([name, expression]) => ({ name, expression })),
    conditions,
    expression: group('or', parts),
  }
}

function conditionAt(raw: unknown, path: RulePath, detections: ReadonlyMap<string, Expression>): Expression {
  if (typeof raw !== 'string') throw within(path, ruleErrors.missing({ what: path.join('.') }))
  return at(path, () => readCondition(raw, detections))
}

/** Gives the errors of a step their place. */
function at<T>(path: RulePath, step: () => T): T {
  try {
    return step()
  } catch (error) {
    throw within(path, error)
  }
}

function readLogSource(raw: Raw): LogSource {
  const source = isMap(raw.logsource) ? raw.logsource : missing('logsource')
  const [product, category, service] = ['product', 'category', 'service'].map((key) => text(source, key)?.toLowerCase())
  if (!product && !category && !service) missing('logsource.product, category or service')
  return { ...(product && { product }), ...(category && { category }), ...(service && { service }) }
}

function missing(what: string): never {
  throw within(what.split('.').slice(0, 1), ruleErrors.missing({ what }))
}

function text(raw: Raw, key: string): string | undefined {
  const value = raw[key]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
}

function strings(raw: unknown): string[] {
  const list = Array.isArray(raw) ? raw : raw === undefined || raw === null ? [] : [raw]
  return list.filter((each) => typeof each === 'string')
}
