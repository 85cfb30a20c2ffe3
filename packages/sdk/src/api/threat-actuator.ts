import { z } from 'zod'
import { text } from './common.ts'
import { preparedCommand } from './threat-response.ts'

export const responseAction = z.enum(['isolate-host', 'disable-account', 'block-address', 'collect-evidence'])
export type ResponseActionName = z.infer<typeof responseAction>

/** Name of a file in `<home>/secrets`; its text is in no answer, log line or record. */
const secretName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/)

/** How near to the house the host may stand; public addresses only where left out. */
const reach = z.enum(['public', 'private', 'loopback', 'link-local'])

const line = z.string().trim().min(1).max(4000)

/** One for each thing that is asked; `check` serves for `check-undo` where that is absent. */
function perVerb<T extends z.ZodType>(each: T) {
  return z.strictObject({ do: each, check: each, undo: each, 'check-undo': each.optional() })
}

const httpTemplate = z.strictObject({
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  /** Path and query, with variables such as `__host__:value`. */
  path: z.string().regex(/^\/\S*$/),
  /** JSON with variables in its texts. */
  body: z.string().max(64_000).optional(),
})

const httpPlace = {
  url: z.url({ protocol: /^https?$/ }),
  secret: secretName.optional(),
  reach: reach.optional(),
  /** Allows http besides https. */
  plaintext: z.boolean().optional(),
}

/**
 * Where the commands of one action go. `openc2`: as they are, posted to the address. `http` and `ssh`: as these templates say;
 * variables are `__host__`, `__account__`, `__address__`, `__rule_number__`, `__artifact_id__`; answers are JSON objects with the
 * member that the playbook looks at, e.g. `{"containment": "isolated"}`.
 */
export const actuatorTarget = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('simulator') }),
  z.strictObject({ kind: z.literal('openc2'), ...httpPlace }),
  z.strictObject({ kind: z.literal('http'), ...httpPlace, requests: perVerb(httpTemplate) }),
  z.strictObject({
    kind: z.literal('ssh'),
    host: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.:-]{0,252}$/),
    port: z.int().min(1).max(65_535),
    user: z.string().regex(/^[A-Za-z_][A-Za-z0-9._-]{0,63}$/),
    /** Holds the private key. */
    secret: secretName,
    /** Public key of the host, e.g. `ssh-ed25519 AAAA...`. */
    hostKey: z.string().regex(/^[a-z0-9@.-]{1,64} [A-Za-z0-9+/=]{1,4096}$/),
    commands: perVerb(line),
  }),
])
export type ActuatorTarget = z.infer<typeof actuatorTarget>
export type NewActuatorTarget = z.input<typeof actuatorTarget>

export const actuatorView = z.object({
  action: responseAction,
  name: text,
  target: actuatorTarget,
  /** `simulator`, `https://edr.example`, `user@host:22`. */
  place: z.string(),
  /** Absent: nobody has chosen yet, the simulator serves. */
  choice: z.number().optional(),
  chosenBy: z.string().optional(),
  chosenAt: z.string().optional(),
  /** The least consent that the action asks for, whatever a playbook states. */
  approval: z.string(),
})
export type ActuatorView = z.infer<typeof actuatorView>

export const actuatorList = z.object({ actuators: z.array(actuatorView) })

/** What a target would be sent for an action, with sample values; empty in the simulator. Nothing is kept or sent. */
export const targetTrial = z.object({
  action: responseAction,
  sends: z.array(preparedCommand.extend({ verb: z.enum(['do', 'check', 'undo', 'check-undo']) })),
})
export type TargetTrial = z.infer<typeof targetTrial>
