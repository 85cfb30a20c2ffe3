import { z } from 'zod'
import { says } from './schema-words.ts'
import { extensions, identifier, timestamp, variable, variableName, workflowStep } from './step-schema.ts'

const text = z.string().optional()
const strings = z.array(z.string()).min(1).optional()
const rank = z.int().min(0).max(100).optional()
const ids = z.array(identifier()).min(1).optional()

const address = z.strictObject({
  dname: z.array(z.string()).optional(),
  ipv4: z.array(z.string()).optional(),
  ipv6: z.array(z.string()).optional(),
  l2mac: z.array(z.string()).optional(),
  url: z.array(z.string()).optional(),
  vlan: z.array(z.union([z.string(), z.int().min(0).max(4095)])).optional(),
})

/** CACAO 2.0 §7. */
const agentTarget = z.looseObject({
  type: z.string().min(1),
  name: z.string().min(1),
  description: text,
  address: address.optional(),
  port: z
    .string()
    .regex(/^(\d{1,5}|__.+__:value)$/, says('must be a port or __name__:value', '须为端口号或 __name__:value'))
    .optional(),
  authentication_info: identifier().optional(),
  agent_target_extensions: extensions.optional(),
})

/** CACAO 2.0 §6: a key in a key store is named exactly where `kms` says so. */
const authenticationInfo = z
  .looseObject({ type: z.string().min(1), name: text, kms: z.boolean().optional(), kms_key_identifier: text })
  .refine((info) => (info.kms === true) === (info.kms_key_identifier !== undefined), {
    message: says('"kms_key_identifier" belongs to "kms": true', 'kms 为 true 时才应有 kms_key_identifier'),
  })

const extensionDefinition = z.looseObject({
  type: z.literal('extension-definition'),
  name: z.string(),
  created_by: identifier(),
  schema: z.string(),
  version: z.string(),
})

const marking = { id: identifier(), created_by: identifier(), created: timestamp, name: text, description: text }
const dataMarking = z.discriminatedUnion('type', [
  z.looseObject({ ...marking, type: z.literal('marking-statement'), statement: z.string() }),
  z.looseObject({
    ...marking,
    type: z.literal('marking-tlp'),
    tlpv2_level: z.enum(['TLP:RED', 'TLP:AMBER', 'TLP:AMBER+STRICT', 'TLP:GREEN', 'TLP:CLEAR']),
  }),
  z.looseObject({ ...marking, type: z.literal('marking-iep') }),
])

/** CACAO 2.0 §3.1. Checks and never changes: unknown members pass, and the document itself is what is kept. */
export const playbookSchema = z.looseObject({
  type: z.literal('playbook'),
  spec_version: z.literal('cacao-2.0'),
  id: identifier('playbook'),
  name: z.string().min(1),
  description: text,
  playbook_types: z.array(z.string()).optional(),
  playbook_activities: strings,
  playbook_processing_summary: z.looseObject({}).optional(),
  created_by: identifier(),
  created: timestamp,
  modified: timestamp,
  revoked: z.boolean().optional(),
  valid_from: timestamp.optional(),
  valid_until: timestamp.optional(),
  derived_from: ids,
  related_to: ids,
  priority: rank,
  severity: rank,
  impact: rank,
  industry_sectors: strings,
  labels: strings,
  external_references: z.array(z.looseObject({})).min(1).optional(),
  markings: ids,
  playbook_variables: z.record(variableName, variable).optional(),
  workflow_start: identifier('start'),
  workflow_exception: identifier().optional(),
  workflow: z.record(identifier(), workflowStep),
  playbook_extensions: extensions.optional(),
  authentication_info_definitions: z.record(identifier(), authenticationInfo).optional(),
  agent_definitions: z.record(identifier(), agentTarget).optional(),
  target_definitions: z.record(identifier(), agentTarget).optional(),
  extension_definitions: z.record(identifier('extension-definition'), extensionDefinition).optional(),
  data_marking_definitions: z.record(identifier(), dataMarking).optional(),
  signatures: z
    .array(z.looseObject({ type: z.literal('jss') }))
    .min(1)
    .optional(),
})
