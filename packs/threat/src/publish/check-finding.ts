import { z } from 'zod'
import { jsonPath } from '../playbook/playbook-fault.ts'
import { DETECTION_FINDING, INCIDENT_FINDING, OCSF_VERSION } from './ocsf.ts'

const entity = z
  .looseObject({ name: z.string().optional(), uid: z.string().optional() })
  .refine(({ name, uid }) => name !== undefined || uid !== undefined, { message: 'needs name or uid' })
const time = z.int().min(0)
const attack = z
  .looseObject({ technique: entity.optional(), sub_technique: entity.optional(), tactic: entity.optional() })
  .refine((each) => Boolean(each.technique ?? each.sub_technique ?? each.tactic), {
    message: 'needs tactic, technique or sub_technique',
  })
const oneOf = (...codes: readonly number[]) => z.union(codes.map((code) => z.literal(code)))

const findingInfo = z.looseObject({
  uid: z.string().min(1),
  title: z.string().optional(),
  created_time: time.optional(),
  analytic: z
    .looseObject({ type_id: oneOf(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 99) })
    .and(entity)
    .optional(),
  attacks: z.array(attack).optional(),
})

/** Required attributes and enumerations of base_event, OCSF 1.5.0. */
const event = {
  activity_id: oneOf(0, 1, 2, 3, 99),
  category_uid: z.literal(2),
  severity_id: oneOf(0, 1, 2, 3, 4, 5, 6, 99),
  time,
  type_uid: z.int(),
  metadata: z.looseObject({
    version: z.literal(OCSF_VERSION),
    product: z.looseObject({ vendor_name: z.string().optional() }).and(entity),
    profiles: z.array(z.string()).optional(),
  }),
}
const schemas = new Map<unknown, z.ZodType<{ type_uid: number; activity_id: number }>>([
  [
    DETECTION_FINDING,
    z.looseObject({
      ...event,
      class_uid: z.literal(DETECTION_FINDING),
      finding_info: findingInfo,
      status_id: oneOf(0, 1, 2, 3, 4, 5, 6, 99).optional(),
      is_alert: z.boolean().optional(),
      evidences: z
        .array(z.looseObject({}).refine((each) => Object.keys(each).length > 0, { message: 'is empty' }))
        .optional(),
    }),
  ],
  [
    INCIDENT_FINDING,
    z
      .looseObject({
        ...event,
        class_uid: z.literal(INCIDENT_FINDING),
        finding_info_list: z.array(findingInfo),
        status_id: oneOf(0, 1, 2, 3, 4, 5, 99),
        priority_id: oneOf(0, 1, 2, 3, 4, 99).optional(),
        attacks: z.array(attack).optional(),
        assignee: entity.optional(),
        assignee_group: entity.optional(),
      })
      .refine((each) => Boolean(each.assignee ?? each.assignee_group), { message: 'needs assignee or assignee_group' }),
  ],
])

/** What OCSF 1.5.0 finds wrong with a finding: missing required attributes, values outside enumerations, constraints. Empty: nothing. */
export function checkFinding(finding: unknown): readonly string[] {
  const classUid = (finding as { class_uid?: unknown } | null)?.class_uid
  const schema = schemas.get(classUid)
  if (schema === undefined) return [`$.class_uid: ${String(classUid)} is not a class that is published here`]
  const read = schema.safeParse(finding)
  if (!read.success) return read.error.issues.map(({ path, message }) => `${jsonPath(path)}: ${message}`)
  const wanted = Number(classUid) * 100 + read.data.activity_id
  return read.data.type_uid === wanted ? [] : [`$.type_uid: must be ${wanted}`]
}
