import { canonicalJson, fromUtf8 } from '@dengta/kernel'
import { z } from 'zod'
import { errors } from '../errors.ts'
import { digest } from '../predicates/common.ts'
import { PREDICATES, type Predicate, predicateType, type RecordKind } from '../predicates/index.ts'
import type { Statement, Subject } from '../record.ts'

const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1'

const subject = z.strictObject({ name: z.string().min(1), digest: z.strictObject({ sha256: digest }) })

const statementForm = z.strictObject({
  _type: z.literal(STATEMENT_TYPE),
  subject: z
    .array(subject)
    .min(1)
    .refine((all) => new Set(all.map((one) => one.name)).size === all.length),
  predicateType: z.string(),
  predicate: z.unknown(),
})

const kindOfType = new Map(Object.keys(PREDICATES).map((kind) => [predicateType(kind as RecordKind), kind]))

/** Throws `evidence.statement_malformed` and `evidence.predicate_invalid`: nothing that could not be read back is signed. */
export function makeStatement<K extends RecordKind>(
  kind: K,
  subjects: readonly Subject[],
  predicate: Predicate<K>,
): Statement<K> {
  const statement = { _type: STATEMENT_TYPE, subject: subjects, predicateType: predicateType(kind), predicate } as const
  checkStatement(statement)
  return statement
}

/**
 * Reads a signed payload. Strict: canonical JSON, exact members, predicate by its schema.
 * Throws `evidence.*`; the bytes of a statement and its content stand for each other one to one.
 */
export function parseStatement(bytes: Uint8Array): Statement {
  const statement = parseCanonical(bytes)
  checkStatement(statement)
  return statement as Statement
}

/** The record kind of a statement; throws `evidence.kind_unknown`. */
export function kindOf(statement: Pick<Statement, 'predicateType'>): RecordKind {
  const kind = kindOfType.get(statement.predicateType)
  if (kind === undefined) throw errors.kind_unknown({ type: statement.predicateType })
  return kind as RecordKind
}

/** The predicate of a statement where it is of this kind, else undefined. */
export function predicateOf<K extends RecordKind>(statement: Statement, kind: K): Predicate<K> | undefined {
  return statement.predicateType === predicateType(kind) ? (statement.predicate as Predicate<K>) : undefined
}

function parseCanonical(bytes: Uint8Array): unknown {
  try {
    const text = fromUtf8(bytes)
    const value: unknown = JSON.parse(text)
    if (canonicalJson(value) === text) return value
  } catch (cause) {
    throw errors.statement_not_canonical({}, cause)
  }
  throw errors.statement_not_canonical()
}

function checkStatement(value: unknown): void {
  const form = statementForm.safeParse(value)
  if (!form.success) throw errors.statement_malformed({ path: firstIssue(form.error).path }, form.error)
  const kind = kindOf(form.data)
  const predicate = PREDICATES[kind].safeParse(form.data.predicate)
  if (!predicate.success) throw errors.predicate_invalid({ kind, ...firstIssue(predicate.error) }, predicate.error)
}

function firstIssue(error: z.ZodError): { path: string; issue: string } {
  const issue = error.issues[0]
  return { path: issue?.path.join('.') || '/', issue: issue?.code ?? 'custom' }
}
