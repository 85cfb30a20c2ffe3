import { canonicalJson, sha256Hex, utf8 } from '@dengta/kernel'
import { type Document, isNode, isScalar, LineCounter, type ParsedNode, parseDocument } from 'yaml'
import { z } from 'zod'
import { type BenchmarkDefinition, benchmarkDefinition } from './benchmark.ts'
import { checkDefinition, type FieldPath, type Place } from './check-definition.ts'
import { definitionErrors as errors } from './definition-errors.ts'

const inEnglish = z.locales.en().localeError
const inChinese = z.locales.zhCN().localeError
const MAX_KEY_COMPARISONS = 100_000

/** Reads a definition from YAML 1.2 or JSON. Throws one error of `definitionErrors` that names line and field. */
export function readDefinition(file: string): BenchmarkDefinition {
  const lines = new LineCounter()
  const document = parseDocument(file, { lineCounter: lines, uniqueKeys: sameKey() })
  const broken = document.errors[0]
  if (broken) throw errors.not_yaml({ line: lines.linePos(broken.pos[0]).line, problem: firstLine(broken.message) })
  const definition = fitSchema(plainValue(document), (path) => placeOf(path, document, lines))
  const finding = checkDefinition(definition)
  if (finding) throw finding.error(placeOf(finding.at, document, lines))
  return definition
}

/** The name of a definition: SHA-256 of its canonical JSON. Comments and layout of the file do not count. */
export function definitionDigest(definition: BenchmarkDefinition): string {
  return sha256Hex(utf8(canonicalJson(definition)))
}

/** The parser compares every key of a map with every other: a file of nothing but keys would hold the server up for half a minute. */
function sameKey(): (one: ParsedNode, other: ParsedNode) => boolean {
  let left = MAX_KEY_COMPARISONS
  return (one, other) => {
    left -= 1
    if (left < 0) throw errors.not_yaml({ line: 1, problem: 'too many keys in one map' })
    return isScalar(one) && isScalar(other) && one.value === other.value
  }
}

function plainValue(document: Document.Parsed): unknown {
  try {
    return document.toJS()
  } catch (cause) {
    throw errors.not_yaml({ line: 1, problem: firstLine(String(cause)) }, cause)
  }
}

function fitSchema(value: unknown, place: (path: FieldPath) => Place): BenchmarkDefinition {
  const read = benchmarkDefinition.safeParse(value, { error: inEnglish })
  if (read.success) return read.data
  const issue = read.error.issues[0]!
  const chinese = benchmarkDefinition.safeParse(value, { error: inChinese }).error?.issues[0]
  throw errors.field({
    ...place(issue.path.filter((step) => typeof step !== 'symbol')),
    problem: issue.message,
    problemZh: chinese?.message ?? issue.message,
  })
}

/** The line of the field, or of the nearest field around it that the file does have. */
function placeOf(path: FieldPath, document: Document.Parsed, lines: LineCounter): Place {
  const name = path.join('.') || 'file'
  for (let depth = path.length; depth >= 0; depth -= 1) {
    const node = document.getIn(path.slice(0, depth), true)
    if (isNode(node) && node.range) return { path: name, line: lines.linePos(node.range[0]).line }
  }
  return { path: name, line: 1 }
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0]!.replace(/:$/, '')
}
