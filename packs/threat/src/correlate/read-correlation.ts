import type { Text } from '@dengta/kernel'
import { isMap } from '../rule/detection.ts'
import type { CorrelationDocument } from '../rule/load-rules.ts'
import { within } from '../rule/rule-fault.ts'
import { CORRELATION_KINDS, type Correlation, type CorrelationKind } from './correlation.ts'
import { correlationErrors } from './correlation-errors.ts'
import { namesIn } from './presence.ts'
import { isTemporal, readCorrelationCondition } from './read-condition.ts'
import { readTimespan } from './timespan.ts'

type Raw = Readonly<Record<string, unknown>>

/** A correlation whose rules are still names. */
export interface CorrelationDraft extends Omit<Correlation, 'references' | 'aliases'> {
  readonly rules: readonly string[]
  /** Field by rule name, by alias. */
  readonly aliases: ReadonlyMap<string, ReadonlyMap<string, string>>
}

const KEYS = ['type', 'rules', 'group-by', 'timespan', 'condition', 'aliases', 'generate']
/** pySigma's own names for the two kinds whose condition is written in words. */
const EXTENDED: Readonly<Record<string, CorrelationKind>> = {
  temporal_extended: 'temporal',
  temporal_ordered_extended: 'temporal_ordered',
}
/** Rules seen are bits of one number; ordered windows keep a square of times. */
const MOST_TEMPORAL = 32
const MOST_ORDERED = 16

/** Reads one correlation document (Sigma 2.1). Throws a RuleFault that names the place of the fault. */
export function readCorrelation({ document, file, line, licence, link }: CorrelationDocument): CorrelationDraft {
  const title = text(document, 'title') ?? missing(['title'])
  const section = isMap(document.correlation) ? document.correlation : missing(['correlation'])
  for (const key of Object.keys(section)) if (!KEYS.includes(key)) unsupported(['correlation', key])
  const { kind, inWords } = readKind(section)
  const rules = readRules(section, kind)
  if (inWords && typeof section.condition !== 'string') missing(['correlation', 'condition'])
  const draft = {
    kind,
    rules,
    groupBy: names(section['group-by'], ['correlation', 'group-by']),
    aliases: readAliases(section.aliases, rules),
    spanMs: at(['correlation', 'timespan'], () => readTimespan(section.timespan)),
    condition: readCorrelationCondition(section.condition, { kind, rules }),
  }
  return {
    ...draft,
    id: text(document, 'id') ?? text(document, 'name') ?? title,
    name: text(document, 'name'),
    title,
    level: text(document, 'level') ?? 'informational',
    status: text(document, 'status') ?? '',
    version: text(document, 'modified') ?? text(document, 'date') ?? '',
    tags: names(document.tags, ['tags']),
    origin: { file, line, link, licence: text(document, 'license') ?? licence, author: text(document, 'author') ?? '' },
    generate: readGenerate(document, section),
    fingerprint: JSON.stringify({ ...draft, aliases: [...draft.aliases].map(([alias, fields]) => [alias, ...fields]) }),
  }
}

function readKind(section: Raw): { kind: CorrelationKind; inWords: boolean } {
  const raw = section.type ?? missing(['correlation', 'type'])
  const extended = typeof raw === 'string' ? EXTENDED[raw] : undefined
  const kind = extended ?? CORRELATION_KINDS.find((each) => each === raw)
  if (kind) return { kind, inWords: extended !== undefined }
  const problem = correlationErrors.bad_value({
    what: 'type',
    value: JSON.stringify(raw),
    takes: CORRELATION_KINDS.join(', '),
  })
  throw within(['correlation', 'type'], problem)
}

/** A temporal condition in words may stand without a list: it names its rules itself. */
function readRules(section: Raw, kind: CorrelationKind): string[] {
  const path = ['correlation', 'rules']
  const words = isTemporal(kind) && typeof section.condition === 'string' ? namesIn(section.condition) : []
  const rules = section.rules === undefined ? words : names(section.rules, path)
  if (rules.length === 0) missing(path)
  const twice = rules.find((rule, i) => rules.indexOf(rule) !== i)
  if (twice)
    throw within(
      path,
      correlationErrors.bad_value({
        what: 'rules',
        value: twice,
        takes: { en: 'each rule once', zh: '每条规则只写一次' },
      }),
    )
  const most = kind === 'temporal_ordered' ? MOST_ORDERED : kind === 'temporal' ? MOST_TEMPORAL : 1000
  if (rules.length > most)
    throw within(
      path,
      correlationErrors.too_large({
        why: { en: `${rules.length} > ${most} rules`, zh: `引用 ${rules.length} 条规则，最多 ${most} 条` },
      }),
    )
  return rules
}

function readAliases(raw: unknown, rules: readonly string[]): CorrelationDraft['aliases'] {
  if (raw === undefined) return new Map()
  if (!isMap(raw))
    throw within(
      ['correlation', 'aliases'],
      wrong('aliases', raw, { en: '{alias: {rule: field}}', zh: '{别名: {规则: 字段}}' }),
    )
  return new Map(Object.entries(raw).map(([alias, fields]) => [alias, readAlias(alias, fields, rules)]))
}

function readAlias(alias: string, raw: unknown, rules: readonly string[]): ReadonlyMap<string, string> {
  const path = ['correlation', 'aliases', alias]
  if (!isMap(raw)) throw within(path, wrong(`aliases.${alias}`, raw, { en: '{rule: field}', zh: '{规则: 字段}' }))
  return new Map(
    Object.entries(raw).map(([rule, field]) => {
      if (!rules.includes(rule)) throw within([...path, rule], correlationErrors.unknown_rule({ rule }))
      if (typeof field !== 'string' || field === '')
        throw within([...path, rule], wrong(`aliases.${alias}`, field, { en: 'a field', zh: '字段名' }))
      return [rule, field]
    }),
  )
}

/** Sigma's schema has it beside `correlation`, pySigma inside; both are read, and must not contradict each other. */
function readGenerate(document: Raw, section: Raw): boolean {
  const outer = document.generate
  const inner = section.generate ?? outer
  if (outer !== undefined && inner !== outer)
    throw within(['generate'], wrong('generate', inner, { en: 'one value', zh: '同一个值' }))
  if (inner !== undefined && typeof inner !== 'boolean')
    throw within(['generate'], wrong('generate', inner, 'true, false'))
  return inner ?? false
}

function names(raw: unknown, path: readonly string[]): string[] {
  const list = Array.isArray(raw) ? raw : raw === undefined || raw === null ? [] : [raw]
  if (list.every((each) => typeof each === 'string' && each !== '')) return list
  throw within(path, wrong(path.join('.'), raw, '[a, b]'))
}

function at<T>(path: readonly string[], read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw within(path, error)
  }
}

const wrong = (what: string, raw: unknown, takes: string | Text) =>
  correlationErrors.bad_value({ what, value: JSON.stringify(raw) ?? 'undefined', takes })

function missing(path: readonly string[]): never {
  throw within(path, correlationErrors.missing({ what: path.join('.') }))
}

function unsupported(path: readonly string[]): never {
  throw within(path, correlationErrors.unsupported({ what: path.join('.') }))
}

function text(raw: Raw, key: string): string | undefined {
  const value = raw[key]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
}
