import { z } from 'zod'
import { PREDICATES, predicateType, type RecordKind } from './index.ts'
import { RECORD_KINDS } from './record-kinds.ts'

/** JSON Schema (draft 2020-12) of the predicate of a kind, for readers in other languages. */
export function predicateJsonSchema(kind: RecordKind): object {
  const { $schema, ...schema } = z.toJSONSchema(PREDICATES[kind], { target: 'draft-2020-12', io: 'input' })
  const { name, states } = RECORD_KINDS[kind]
  return { $schema, $id: predicateType(kind), title: name.en, description: states.en, ...schema }
}
