import { checkSchema, type Route, type RouteRequest, unseenIn } from '@dengta/kernel'
import type { ZodType } from 'zod'
import { httpErrors } from './http-errors.ts'

export interface RawInput {
  readonly params: unknown
  readonly query: unknown
  readonly body: unknown
}

/** Checks what arrived against the schemas of the route; the first fault is named with its path. */
export function readInput(route: Route, raw: RawInput): Omit<RouteRequest, 'caller'> {
  return {
    params: checked('params', route.params, raw.params),
    query: checked('query', route.query, raw.query),
    body: route.body === 'stream' ? raw.body : checked('body', route.body, raw.body),
  }
}

function checked(where: string, schema: ZodType | undefined, value: unknown): unknown {
  if (!schema) return undefined
  const result = checkSchema(schema, value ?? {})
  if (result.ok) return readable(where, result.value)
  const { path, problem } = result.fault
  throw httpErrors.invalid_input({ where, path: path.join('.') || '-', problem: problem.en, problemZh: problem.zh })
}

/** Names go into signed records and onto terminals: none may hide what it says, and the database takes no NUL. */
function readable(where: string, value: unknown): unknown {
  const unseen = unseenIn(value)
  if (unseen) throw httpErrors.unseen_character({ where, path: unseen.join('.') || '-' })
  return value
}
