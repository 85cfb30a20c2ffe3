import { Composer, type CST, type Document, isNode, isScalar, Lexer, LineCounter, type ParsedNode, Parser } from 'yaml'
import type { ZodType } from 'zod'
import type { AppError } from './errors.ts'
import { checkSchema } from './schema-fault.ts'

export type FieldPath = readonly (string | number)[]

/** Where a field stands in a file: its line, counted from 1, and its path in dots. */
export interface Place {
  readonly line: number
  readonly path: string
}

/** The two errors that every area has for its own files. */
export interface DocumentErrors {
  not_yaml(fillings: { line: number; problem: string }, cause?: unknown): AppError
  field(fillings: Place & { problem: string; problemZh: string }): AppError
}

/** A file that fits its schema; `placeOf` finds a field again, for checks that the schema cannot state. */
export interface ReadDocument<T> {
  readonly value: T
  readonly placeOf: (path: FieldPath) => Place
}

/** Comparisons of keys that any file may need; longer files may need one a character. */
const LEAST_KEY_COMPARISONS = 100_000
/** Maps and lists within each other. */
const MOST_LEVELS = 100

/** Reads YAML 1.2 or JSON that a person wrote; throws one error of `errors` that names the line and the field. */
export function readDocument<T>(text: string, schema: ZodType<T>, errors: DocumentErrors): ReadDocument<T> {
  const lines = new LineCounter()
  const document = parse(text, lines, errors)
  const broken = document.errors[0]
  if (broken) throw errors.not_yaml(saidAt(broken.pos[0], firstLine(broken.message), lines))
  const placeOf = (path: FieldPath): Place => findPlace(path, document, lines)
  const value = plainValue(document, errors)
  const read = checkSchema(schema, value)
  if (read.ok) return { value: read.value, placeOf }
  const { path, problem } = read.fault
  throw errors.field({ ...placeOf(path), problem: problem.en, problemZh: problem.zh })
}

/**
 * The parser compares every key of a map with every other: a file of nothing but keys would hold the server up for half a minute.
 * What is thrown to stop it comes back as an error of the file, or as it is.
 */
function parse(text: string, lines: LineCounter, errors: DocumentErrors): Document.Parsed {
  let left = Math.max(LEAST_KEY_COMPARISONS, text.length)
  const tooMany = errors.not_yaml({ line: 1, problem: 'too many keys in one map' })
  const uniqueKeys = (one: ParsedNode, other: ParsedNode): boolean => {
    left -= 1
    if (left < 0) throw tooMany
    return isScalar(one) && isScalar(other) && one.value === other.value
  }
  const tokens = shallowTokens(text, lines, errors)
  const [document, second] = new Composer({ uniqueKeys }).compose(tokens, true, text.length)
  if (left < 0) throw tooMany
  if (second) throw errors.not_yaml(saidAt(second.range[0], 'a second document begins', lines))
  return document as Document.Parsed
}

/**
 * The tokens of a text, as far as it is not nested too deeply: what they are made into is made by recursion, and where the stack
 * is nearly full the engine ends the whole process instead of throwing.
 */
function* shallowTokens(text: string, lines: LineCounter, errors: DocumentErrors): Generator<CST.Token> {
  const parser = new Parser(lines.addNewLine)
  lines.addNewLine(0)
  for (const lexeme of new Lexer().lex(text)) {
    yield* parser.next(lexeme)
    if (parser.stack.length > MOST_LEVELS)
      throw errors.not_yaml(saidAt(parser.offset, `nested more than ${MOST_LEVELS} levels deep`, lines))
  }
  yield* parser.end()
}

function saidAt(offset: number, problem: string, lines: LineCounter) {
  const { line, col } = lines.linePos(offset)
  return { line, problem: `${problem} at line ${line}, column ${col}` }
}

/** Aliases that would unfold without end are refused by the parser here. */
function plainValue(document: Document.Parsed, errors: DocumentErrors): unknown {
  try {
    return document.toJS()
  } catch (cause) {
    throw errors.not_yaml({ line: 1, problem: firstLine(String(cause)) }, cause)
  }
}

/** The line of the field, or of the nearest field around it that the file does have. */
function findPlace(path: FieldPath, document: Document.Parsed, lines: LineCounter): Place {
  const name = path.join('.') || 'file'
  for (let depth = path.length; depth >= 0; depth -= 1) {
    const node = document.getIn(path.slice(0, depth), true)
    if (isNode(node) && node.range) return { path: name, line: lines.linePos(node.range[0]).line }
  }
  return { path: name, line: 1 }
}

function firstLine(message: string): string {
  return (message.split('\n', 1)[0] ?? '').replace(/:$/, '')
}
