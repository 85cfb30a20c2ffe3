import { fromBase64 } from '@dengta/kernel'
import type { ExportedRecord } from '../export-file.ts'
import type { Statement } from '../record.ts'
import { recordIdOf } from '../statement/dsse.ts'
import { parseStatement } from '../statement/statement.ts'

/** An exported record with what its payload says; undefined where it cannot be read. */
export interface ReadRecord {
  readonly exported: ExportedRecord
  readonly id: string | undefined
  readonly statement: Statement | undefined
}

export function readRecord(exported: ExportedRecord): ReadRecord {
  const { envelope } = exported
  return {
    exported,
    id: orUndefined(() => recordIdOf(envelope)),
    statement: orUndefined(() => parseStatement(fromBase64(envelope.payload))),
  }
}

function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
