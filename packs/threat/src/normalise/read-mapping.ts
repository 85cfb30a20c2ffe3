import { parse } from 'yaml'
import { isMap } from '../rule/detection.ts'
import type { CategoryRule, FieldMap, Format, SourcePart } from './format.ts'
import { mappingErrors } from './mapping-errors.ts'

type Raw = Record<string, unknown>

const NO_MAP = { en: 'it is not a map', zh: '应为映射' }
const NO_TEXT = { en: 'it is not a text', zh: '应为文本' }

export interface MappingFile {
  readonly name: string
  readonly text: string
}

interface Tables {
  readonly tables: Map<string, ReadonlyMap<string, string>>
  readonly categories: Map<string, readonly CategoryRule[]>
}

/** Reads mapping files; the order of the files is the order in which formats are tried. Throws on any fault. */
export function readMappings(files: readonly MappingFile[]): Format[] {
  const parsed = files.map((file) => ({ file: file.name, raw: parseFile(file) }))
  const shared: Tables = { tables: new Map(), categories: new Map() }
  for (const what of ['tables', 'categories'] as const)
    refuseClash(
      what,
      parsed.flatMap(({ file, raw }) => Object.keys(mapAt(file, raw, what)).map((name) => ({ name, file }))),
    )
  refuseClash(
    'format',
    parsed.flatMap(({ file, raw }) => (raw.format === undefined ? [] : [{ name: String(raw.format), file }])),
  )
  for (const { file, raw } of parsed) collectTables(file, raw, shared)
  return parsed.filter(({ raw }) => raw.format !== undefined).map(({ file, raw }) => readFormat(file, raw, shared))
}

const NOUNS = {
  format: { what: 'format', whatZh: '格式' },
  tables: { what: 'table', whatZh: '表' },
  categories: { what: 'list of categories', whatZh: '类别表' },
}

/** Two of one name could not be told apart. Own files come first, so the clash is told of the file of the customer. */
function refuseClash(kind: keyof typeof NOUNS, named: readonly { name: string; file: string }[]): void {
  const files = new Map<string, string>()
  for (const { name, file } of named) {
    const first = files.get(name)
    if (first !== undefined) throw mappingErrors.clash({ file: first, name, other: file, ...NOUNS[kind] })
    files.set(name, file)
  }
}

function parseFile({ name, text }: MappingFile): Raw {
  try {
    const raw: unknown = parse(text)
    if (isMap(raw)) return raw
  } catch (cause) {
    throw mappingErrors.malformed({ file: name, at: '', why: (cause as Error).message }, cause)
  }
  throw mappingErrors.malformed({ file: name, at: '', why: NO_MAP })
}

function collectTables(file: string, raw: Raw, shared: Tables): void {
  for (const [name, table] of Object.entries(mapAt(file, raw, 'tables'))) {
    if (!isMap(table)) throw mappingErrors.malformed({ file, at: `tables.${name}`, why: NO_MAP })
    const entries = Object.entries(table)
    shared.tables.set(name, new Map(entries.map(([key, value]) => [key.toLowerCase(), String(value)])))
  }
  for (const [name, rules] of Object.entries(mapAt(file, raw, 'categories'))) {
    if (!Array.isArray(rules))
      throw mappingErrors.malformed({ file, at: `categories.${name}`, why: { en: 'it is not a list', zh: '应为列表' } })
    shared.categories.set(
      name,
      rules.map((rule) => readCategoryRule(file, rule)),
    )
  }
}

function readCategoryRule(file: string, raw: unknown): CategoryRule {
  if (!isMap(raw) || typeof raw.is !== 'string') {
    throw mappingErrors.malformed({
      file,
      at: 'categories',
      why: { en: 'each line needs "is"', zh: '每行都需要 “is”' },
    })
  }
  const when = Object.entries(mapAt(file, raw, 'when'))
  return {
    service: typeof raw.service === 'string' ? raw.service : undefined,
    when: when.map(([field, value]) => [field, String(value).toLowerCase()] as const),
    category: raw.is,
    fields: readFields(file, raw),
  }
}

function readFormat(file: string, raw: Raw, shared: Tables): Format {
  const source = mapAt(file, raw, 'source')
  const category = mapAt(file, source, 'category')
  const has = stringsAt(file, raw, 'has')
  if (has.length === 0)
    throw mappingErrors.malformed({
      file,
      at: 'has',
      why: { en: 'a format needs at least one path', zh: '每种格式至少需要一条路径' },
    })
  return {
    id: String(raw.format),
    has,
    prefixes: stringsAt(file, raw, 'prefixes'),
    fields: readFields(file, raw),
    product: readPart(file, mapAt(file, source, 'product'), shared),
    service: readPart(file, mapAt(file, source, 'service'), shared),
    category: readPart(file, category, shared),
    categories: category.rules === undefined ? [] : tableOf(file, String(category.rules), shared.categories),
  }
}

function readPart(file: string, raw: Raw, shared: Tables): SourcePart {
  for (const key of ['is', 'path', 'table'])
    if (raw[key] !== undefined && typeof raw[key] !== 'string')
      throw mappingErrors.malformed({ file, at: key, why: NO_TEXT })
  return {
    ...(typeof raw.is === 'string' && { is: raw.is }),
    ...(typeof raw.path === 'string' && { path: raw.path }),
    ...(typeof raw.table === 'string' && { table: tableOf(file, raw.table, shared.tables) }),
  }
}

function tableOf<T>(file: string, table: string, tables: ReadonlyMap<string, T>): T {
  const found = tables.get(table)
  if (!found) throw mappingErrors.unknown_table({ file, table })
  return found
}

function readFields(file: string, raw: Raw): FieldMap {
  const fields = mapAt(file, raw, 'fields')
  return new Map(Object.keys(fields).map((name) => [name, stringsAt(file, fields, name)]))
}

function mapAt(file: string, raw: Raw, key: string): Raw {
  const value = raw[key] ?? {}
  if (!isMap(value)) throw mappingErrors.malformed({ file, at: key, why: NO_MAP })
  return value
}

function stringsAt(file: string, raw: Raw, key: string): string[] {
  const value = raw[key] ?? []
  if (!Array.isArray(value) || !value.every((each) => typeof each === 'string')) {
    throw mappingErrors.malformed({ file, at: key, why: { en: 'it is not a list of texts', zh: '应为文本列表' } })
  }
  return value
}
