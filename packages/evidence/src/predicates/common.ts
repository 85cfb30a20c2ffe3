import { z } from 'zod'

const SHA256_HEX = /^[0-9a-f]{64}$/

/** SHA-256, lower-case hexadecimal, 64 characters. */
export const digest = z.string().regex(SHA256_HEX)

/** The id of a record: SHA-256 of its DSSE payload bytes. */
export const recordId = z.string().regex(SHA256_HEX)

export const text = z.strictObject({ en: z.string(), zh: z.string() }).readonly()

/** Where data came from. Simulated data is labelled in every record that rests on it. */
export const origin = z.enum(['real', 'simulated'])

export const quantity = z.strictObject({ value: z.number(), unit: z.string() }).readonly()

/** What every predicate carries: who states it, when (RFC 3339, UTC), for which scenario, resting on which records. */
export const header = {
  at: z.iso.datetime(),
  actor: z.string(),
  scenario: z.string().optional(),
  basis: z.array(recordId).readonly(),
}

export const reason = z.strictObject({ code: z.string(), met: z.enum(['yes', 'no', 'unknown']), text }).readonly()
