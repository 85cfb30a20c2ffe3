import { AppError } from '@dengta/kernel'
import { type Document, LineCounter } from 'yaml'
import { isMap } from './detection.ts'
import { noteDuplicateKey } from './duplicate-key.ts'
import { applyFilters, type RuleFilter } from './filter.ts'
import { type IdleRule, idleAmong } from './idle.ts'
import { countByLogSource, type InvalidRule, type LogSourceCount } from './load-report.ts'
import type { Placeholders } from './placeholders.ts'
import { quickDocument } from './quick-document.ts'
import { type DocumentContext, readFilter, readRule } from './read-document.ts'
import type { Rule } from './rule.ts'
import { ruleErrors } from './rule-errors.ts'
import { RuleFault, type RulePath } from './rule-fault.ts'
import { MAX_FILE_CHARS, type RuleFile } from './rule-files.ts'
import { yamlDocuments } from './yaml-documents.ts'

const MAX_DOCUMENTS = 1000
const LONG_FILE = { why: { en: 'the file exceeds 4 million characters', zh: '文件超过 400 万个字符' } }
const MANY_DOCUMENTS = {
  why: { en: `the file has more than ${MAX_DOCUMENTS} documents`, zh: `文件中的文档超过 ${MAX_DOCUMENTS} 个` },
}
const DEEP = { why: { en: 'nested too deeply', zh: '嵌套过深' } }

export type { RuleFile } from './rule-files.ts'

/** A correlation rule as it stands in its file; the correlation engine reads it. */
export interface CorrelationDocument {
  readonly file: string
  readonly line: number
  readonly document: Readonly<Record<string, unknown>>
  /** Licence and address as for rules; the document's own licence comes first. */
  readonly licence: string
  readonly link: string
  /** The line of a place in the document, or of the nearest place around it. */
  readonly lineOf: (path: RulePath) => number
}

export interface LoadRulesOptions {
  readonly placeholders?: Placeholders
  /** Licence of the rule set, for rules that name none. */
  readonly licence?: string
  /** Address of the rule set; the path of the file is appended. */
  readonly link?: string
}

/** Everything that was found, nothing skipped: every document is valid, a correlation, a filter or invalid with its reason. */
export interface RuleSet {
  readonly rules: readonly Rule[]
  readonly correlations: readonly CorrelationDocument[]
  readonly filters: readonly RuleFilter[]
  readonly invalid: readonly InvalidRule[]
  /** Valid and yet without effect. */
  readonly idle: readonly IdleRule[]
  readonly byLogSource: readonly LogSourceCount[]
}

interface Found {
  rules: Rule[]
  correlations: CorrelationDocument[]
  filters: RuleFilter[]
  invalid: InvalidRule[]
}

/**
 * Reads rule files in the given order. Never throws for the fault of a rule: it is in the report. `onFile` is told each
 * path before its file is read.
 */
export function loadRules(
  files: readonly RuleFile[],
  options: LoadRulesOptions = {},
  onFile?: (path: string) => void,
): RuleSet {
  const found: Found = { rules: [], correlations: [], filters: [], invalid: [] }
  for (const file of files) {
    onFile?.(file.path)
    readFile(file, options, found)
  }
  const rules = withoutDuplicates(found)
  return {
    ...found,
    rules: rules.map((rule) => applyFilters(rule, found.filters)),
    idle: idleAmong(rules, found.filters),
    byLogSource: countByLogSource(rules),
  }
}

function readFile(file: RuleFile, options: LoadRulesOptions, found: Found): void {
  if (file.text.length > MAX_FILE_CHARS) {
    found.invalid.push(invalidOf(file, 1, {}, ruleErrors.too_large(LONG_FILE)))
  } else if (!readQuickly(file, options, found)) readWithPlaces(file, options, found)
}

/** False where something is to be told with its place. */
function readQuickly(file: RuleFile, options: LoadRulesOptions, found: Found): boolean {
  const document = quickDocument(file.text)
  if (!document || !isMap(document.raw) || document.raw.correlation !== undefined) return false
  const context = contextOf(file, document.line, options)
  try {
    sort(document.raw, { ...context, lineOf: () => document.line }, found)
    return true
  } catch (error) {
    if (error instanceof RuleFault || error instanceof AppError) return false
    throw error
  }
}

function readWithPlaces(file: RuleFile, options: LoadRulesOptions, found: Found): void {
  const lines = new LineCounter()
  const read = yamlDocuments(file.text, lines)
  if ('deepAt' in read) {
    found.invalid.push(invalidOf(file, lines.linePos(read.deepAt).line, {}, ruleErrors.too_large(DEEP)))
    return
  }
  if (read.documents.length > MAX_DOCUMENTS) {
    found.invalid.push(invalidOf(file, 1, {}, ruleErrors.too_large(MANY_DOCUMENTS)))
    return
  }
  for (const document of read.documents) {
    noteDuplicateKey(document)
    readDocument(document, { file, lines, options, found })
  }
}

interface Reading {
  readonly file: RuleFile
  readonly lines: LineCounter
  readonly options: LoadRulesOptions
  readonly found: Found
}

function readDocument(document: Document, { file, lines, options, found }: Reading): void {
  const line = lines.linePos(document.contents?.range?.[0] ?? 0).line
  let raw: unknown
  try {
    raw = plain(document)
    if (raw === null || raw === undefined) return
    if (!isMap(raw)) throw ruleErrors.missing({ what: 'title' })
    sort(raw, { ...contextOf(file, line, options), lineOf: (path) => lineAt(document, path, lines) ?? line }, found)
  } catch (error) {
    const { reason, path } = faultOf(error)
    found.invalid.push(invalidOf(file, lineAt(document, path, lines) ?? line, raw, reason))
  }
}

interface SortContext extends DocumentContext {
  readonly lineOf: (path: RulePath) => number
}

function sort(raw: Record<string, unknown>, context: SortContext, found: Found): void {
  if (raw.correlation !== undefined) {
    found.correlations.push({ ...context.origin, document: raw, lineOf: context.lineOf })
  } else if (raw.filter !== undefined) found.filters.push(readFilter(raw, context))
  else found.rules.push(readRule(raw, context))
}

function plain(document: Document): unknown {
  const [error] = document.errors
  if (error) throw ruleErrors.not_yaml({ why: error.message }, error)
  try {
    return document.toJS({ maxAliasCount: 100 })
  } catch (cause) {
    throw ruleErrors.not_yaml({ why: (cause as Error).message }, cause)
  }
}

function contextOf(file: RuleFile, line: number, options: LoadRulesOptions): DocumentContext {
  const { placeholders = {}, licence = '', link = '' } = options
  return { placeholders, origin: { file: file.path, line, licence, link: link ? `${link}/${file.path}` : file.path } }
}

function faultOf(error: unknown): { reason: AppError; path: RulePath } {
  if (error instanceof RuleFault) return { reason: error.reason, path: error.path }
  if (error instanceof AppError) return { reason: error, path: [] }
  throw error
}

/** The line of the deepest part of the path that the document has. */
function lineAt(document: Document, path: RulePath, lines: LineCounter): number | undefined {
  const [error] = document.errors
  if (error) return lines.linePos(error.pos[0]).line
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true) as { range?: [number, number, number] } | undefined
    if (node?.range) return lines.linePos(node.range[0]).line
  }
  return undefined
}

function invalidOf(file: RuleFile, line: number, raw: unknown, { code, text }: AppError): InvalidRule {
  const { id = '', title = '' } = isMap(raw) ? raw : {}
  return { file: file.path, line, id: String(id), title: String(title), code, reason: text }
}

function withoutDuplicates(found: Found): Rule[] {
  const first = new Map<string, Rule>()
  for (const rule of found.rules) {
    const other = first.get(rule.id)
    if (!other) first.set(rule.id, rule)
    else {
      const { file, line } = rule.origin
      const { code, text } = ruleErrors.duplicate({ id: rule.id, other: other.origin.file })
      found.invalid.push({ file, line, id: rule.id, title: rule.title, code, reason: text })
    }
  }
  return [...first.values()]
}
