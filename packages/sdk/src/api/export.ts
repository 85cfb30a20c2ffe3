import type { ExportFile, TrustRoot } from '@dengta/evidence'
import { z } from 'zod'

const publicKey = z.object({ algorithm: z.enum(['ed25519', 'sm2']), spki: z.string() })

/** The shape of a trust root; whether to believe it is the reader's decision. */
export const trustRoot = z.object({
  origin: z.string(),
  log: publicKey,
  witnesses: z.array(z.object({ name: z.string(), key: publicKey })).readonly(),
  threshold: z.number().int(),
}) satisfies z.ZodType<TrustRoot>

/** DSSE envelope of a record. */
export const envelope = z.object({
  payloadType: z.literal('application/vnd.in-toto+json'),
  payload: z.string(),
  signatures: z.tuple([z.object({ keyid: z.string(), sig: z.string() })]).readonly(),
})

/** The shape of an export file; that it is genuine is for `verifyExport` to say. */
export const exportFile = z.object({
  format: z.literal('dengta-export/v1'),
  title: z.string(),
  checkpoint: z.string(),
  trust: trustRoot,
  records: z
    .array(z.object({ index: z.number().int(), envelope, key: publicKey, proof: z.array(z.string()).readonly() }))
    .readonly(),
}) satisfies z.ZodType<ExportFile>
