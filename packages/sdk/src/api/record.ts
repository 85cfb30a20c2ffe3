import { PREDICATES, type RecordKind } from '@dengta/evidence'
import { z } from 'zod'
import { envelope } from './export.ts'

export const recordKind = z.enum(Object.keys(PREDICATES) as [RecordKind, ...RecordKind[]])

export const recordSummary = z.object({
  id: z.string(),
  index: z.number().int(),
  kind: recordKind,
  actor: z.string(),
  scenario: z.string().optional(),
  at: z.string(),
  subjects: z.array(z.object({ name: z.string(), sha256: z.string() })),
})
export type RecordSummary = z.infer<typeof recordSummary>

export const recordView = recordSummary.extend({
  predicate: z.record(z.string(), z.unknown()),
  keyId: z.string(),
  envelope,
  /** Records that rest on this one. */
  usedBy: z.array(recordSummary),
})
export type RecordView = z.infer<typeof recordView>

export const recordQuery = z.object({
  scenario: z.string().optional(),
  kind: recordKind.optional(),
  from: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(1000).optional(),
})
export type RecordQuery = z.infer<typeof recordQuery>

export const recordList = z.object({ records: z.array(recordSummary), next: z.number().int().optional() })
export type RecordList = z.infer<typeof recordList>
