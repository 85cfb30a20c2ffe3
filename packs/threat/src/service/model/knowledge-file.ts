import { fromUtf8, utf8 } from '@dengta/kernel'
import type { Knowledge } from '../../triage/triage.ts'

/** A model as a file: JSON, maps as `{"$map": [[key, value]]}`, columns as `{"$floats": [...]}`; the same knowledge gives the same bytes. */
export function writeKnowledge(knowledge: Knowledge): Uint8Array {
  return utf8(
    JSON.stringify(knowledge, (_, value: unknown) => {
      if (value instanceof Map) return { $map: [...value] }
      return value instanceof Float64Array ? { $floats: [...value] } : value
    }),
  )
}

export function readKnowledge(bytes: Uint8Array): Knowledge {
  return JSON.parse(fromUtf8(bytes), (_, value: unknown) => {
    if (typeof value !== 'object' || value === null) return value
    if ('$map' in value) return new Map(value.$map as [unknown, unknown][])
    return '$floats' in value ? Float64Array.from(value.$floats as number[]) : value
  }) as Knowledge
}
