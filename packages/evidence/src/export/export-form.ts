import { z } from 'zod'
import { errors } from '../errors.ts'
import type { ExportFile, TrustRoot } from '../export-file.ts'

const publicKey = z.strictObject({ algorithm: z.enum(['ed25519', 'sm2']), spki: z.string() })
const noteKey = publicKey.extend({ algorithm: z.literal('ed25519') })
const place = z.number().int().nonnegative()

const allDistinct = (values: readonly string[]) => new Set(values).size === values.length

/** A key that stands twice among log and witnesses would be counted twice. */
const trustForm = z
  .strictObject({
    origin: z.string().regex(/^[^\s+]+$/u),
    log: noteKey,
    witnesses: z.array(z.strictObject({ name: z.string().regex(/^[^\s+]+$/u), key: noteKey })),
    threshold: place,
  })
  .refine(({ witnesses }) => allDistinct(witnesses.map((one) => one.name)), { path: ['witnesses'] })
  .refine(({ log, witnesses }) => allDistinct([log.spki, ...witnesses.map((one) => one.key.spki)]), {
    path: ['witnesses'],
  })
  .refine(({ witnesses, threshold }) => threshold <= witnesses.length, { path: ['threshold'] })

const envelopeForm = z.strictObject({
  payloadType: z.literal('application/vnd.in-toto+json'),
  payload: z.string(),
  signatures: z.tuple([z.strictObject({ keyid: z.string(), sig: z.string() })]),
})

const exportForm = z.strictObject({
  format: z.literal('dengta-export/v1'),
  title: z.string(),
  checkpoint: z.string(),
  trust: trustForm,
  records: z
    .array(z.strictObject({ index: place, envelope: envelopeForm, key: publicKey, proof: z.array(z.string()) }))
    .min(1),
})

export type ReadExport = { readonly ok: true; readonly file: ExportFile } | { readonly ok: false; readonly at: string }

/** Reads an export file from its text or from parsed JSON. `at` names the first place that is wrong. */
export function readExport(file: unknown): ReadExport {
  try {
    const parsed = exportForm.safeParse(typeof file === 'string' ? JSON.parse(file) : file)
    return parsed.success ? { ok: true, file: parsed.data } : { ok: false, at: firstPath(parsed.error) }
  } catch {
    return { ok: false, at: 'JSON' }
  }
}

/** Reads a trust root that somebody handed over. Throws `evidence.trust_malformed`. */
export function parseTrustRoot(value: unknown): TrustRoot {
  const parsed = trustForm.safeParse(value)
  if (!parsed.success) throw errors.trust_malformed({ path: firstPath(parsed.error) }, parsed.error)
  return parsed.data
}

function firstPath(error: z.ZodError): string {
  return error.issues[0]?.path.join('.') || '/'
}
