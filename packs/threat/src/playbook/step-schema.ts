import { z } from 'zod'
import { bothLanguages, says } from './schema-words.ts'

const UUID = '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-5][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}'
const EXAMPLE = '3f0e6a52-8d54-4f0b-9b0e-6f1f6b0d7a11'
const VARIABLE_NAME = /^__[a-zA-Z_][a-zA-Z0-9_-]{0,199}__$/

/** `type--UUID`; where `types` are given, the type must be one of them. */
export function identifier(...types: readonly string[]) {
  const prefix = types.length === 0 ? '[a-z][a-z0-9-]+[a-z0-9]' : `(?:${types.join('|')})`
  const wanted = types.length === 0 ? 'TYPE' : types.join(' / ')
  const message = says(
    `must be ${wanted}--UUID, such as ${types[0] ?? 'action'}--${EXAMPLE}`,
    `须为 ${wanted}--UUID 的形式，例如 ${types[0] ?? 'action'}--${EXAMPLE}`,
  )
  return z.string().regex(new RegExp(`^${prefix}--${UUID}$`), message)
}

const TIME = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?Z$/

export const timestamp = z
  .string()
  .regex(
    TIME,
    says('must be a time in UTC, such as 2026-11-22T09:30:00.000Z', '须为 UTC 时间，例如 2026-11-22T09:30:00.000Z'),
  )
export const variableName = z
  .string()
  .regex(VARIABLE_NAME, says('must be a name such as __host__', '须为 __host__ 一类的名称'))
export const extensions = z.record(identifier('extension-definition'), z.looseObject({}))

export const variable = z.looseObject({
  type: z.string().min(1),
  description: z.string().optional(),
  value: z.string().nullable().optional(),
  constant: z.boolean().optional(),
  external: z.boolean().optional(),
})

const headers = z.record(z.string(), z.array(z.string()))
const text = z.string().optional()
const base64 = z.base64().optional()
const shared = { description: text, version: text, playbook_activity: text }
const startLine = z
  .string()
  .regex(
    /^[A-Z]+ \S+ HTTP\/\d(\.\d)?$/,
    says('must be a start line such as POST /path HTTP/1.1', '须为 POST /path HTTP/1.1 一类的起始行'),
  )

const plainCommand = z
  .looseObject({ ...shared, type: z.string(), command: text, command_b64: base64 })
  .refine((command) => command.command !== undefined || command.command_b64 !== undefined, {
    message: says('needs "command" or "command_b64"', '需要 command 或 command_b64'),
  })
const httpCommand = z.looseObject({
  ...shared,
  ...{ type: z.literal('http-api'), command: startLine, headers: headers.optional() },
  ...{ content: text, content_b64: base64 },
})
const openc2Command = z.looseObject({
  ...shared,
  ...{ type: z.literal('openc2-http'), command: startLine, headers: headers.optional(), content_b64: z.base64() },
})
/** Types outside the open vocabulary are kept as they are. */
const otherCommand = z.looseObject({ ...shared, type: z.string().min(1) })

const commandSchemas: Readonly<Record<string, z.ZodType>> = {
  ...Object.fromEntries(['manual', 'bash', 'powershell', 'ssh', 'caldera-cmd'].map((type) => [type, plainCommand])),
  'http-api': httpCommand,
  'openc2-http': openc2Command,
}

/** CACAO 2.0 §5, by the type that the command states. */
export const command = z.looseObject({ type: z.string().min(1) }).superRefine((value, context) => {
  const schema = Object.hasOwn(commandSchemas, value.type) ? commandSchemas[value.type] : otherCommand
  for (const { path, message } of schema ? bothLanguages(schema, value) : []) {
    context.addIssue({ code: 'custom', path: [...path], message })
  }
})

const stepId = identifier()
const base = {
  name: text,
  description: text,
  delay: z.int().min(0).optional(),
  timeout: z.int().min(0).optional(),
  step_variables: z.record(variableName, variable).optional(),
  owner: stepId.optional(),
  on_completion: stepId.optional(),
  on_success: stepId.optional(),
  on_failure: stepId.optional(),
  step_extensions: extensions.optional(),
}
const names = z.array(z.string()).min(1).optional()
const args = { in_args: names, out_args: names }
const step = <T extends string>(type: T, fields: z.ZodRawShape = {}) =>
  z.looseObject({ ...base, type: z.literal(type), ...fields })

const caseName = z
  .string()
  .regex(
    /^[a-zA-Z0-9_.:-]{1,250}$/,
    says('must be 1 to 250 letters, digits or _ . : -', '须为 1 至 250 个字母、数字或 _ . : -'),
  )

/** CACAO 2.0 §4. */
export const workflowStep = z.discriminatedUnion('type', [
  step('start'),
  step('end'),
  step('action', {
    commands: z.array(command).min(1),
    agent: stepId,
    targets: z.array(stepId).min(1).optional(),
    ...args,
  }),
  step('playbook-action', { playbook_id: identifier('playbook'), playbook_version: timestamp.optional(), ...args }),
  step('parallel', { next_steps: z.array(stepId).min(2) }),
  step('if-condition', { condition: z.string().min(1), on_true: stepId, on_false: stepId.optional() }),
  step('while-condition', { condition: z.string().min(1), on_true: stepId }),
  step('switch-condition', {
    switch: z.string().min(1),
    cases: z.record(caseName, stepId),
  }),
])
