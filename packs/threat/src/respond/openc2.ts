import { z } from 'zod'

/** OpenC2 Language Specification 1.0, table 3.3.1.1. */
const ACTIONS = [
  ...['scan', 'locate', 'query', 'deny', 'contain', 'allow', 'start', 'stop', 'restart', 'cancel', 'set', 'update'],
  ...['redirect', 'create', 'delete', 'detonate', 'restore', 'copy', 'investigate', 'remediate'],
] as const

/** A command of OpenC2 1.0: exactly one target. */
export const openc2Command = z.strictObject({
  action: z.enum(ACTIONS),
  target: z
    .record(z.string(), z.unknown())
    .refine((target) => Object.keys(target).length === 1, { message: 'exactly one target' }),
  args: z.record(z.string(), z.unknown()).optional(),
  actuator: z.record(z.string(), z.unknown()).optional(),
  command_id: z
    .string()
    .regex(/^\S{0,36}$/)
    .optional(),
})
export type OpenC2Command = z.infer<typeof openc2Command>

/** A response of OpenC2 1.0, §3.3.2. */
export const openc2Response = z.strictObject({
  status: z.union([102, 200, 400, 401, 403, 404, 500, 501, 503].map((code) => z.literal(code))),
  status_text: z.string().optional(),
  results: z.record(z.string(), z.unknown()).optional(),
})
export type OpenC2Response = z.infer<typeof openc2Response>

/** Transfer of OpenC2 Messages via HTTPS 1.0, §3.2. */
export const COMMAND_TYPE = 'application/openc2-cmd+json;version=1.0'
export const RESPONSE_TYPE = 'application/openc2-rsp+json;version=1.0'
