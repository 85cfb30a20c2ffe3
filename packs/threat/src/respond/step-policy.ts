import { AppError, type Text } from '@dengta/kernel'
import { z } from 'zod'
import { parseCondition } from '../playbook/condition.ts'
import { type ActionStep, type Command, entryOf, type WorkflowStep } from '../playbook/playbook.ts'
import { jsonPath } from '../playbook/playbook-fault.ts'
import { HOUSE_EXTENSION } from '../playbook/playbook-names.ts'
import { command } from '../playbook/step-schema.ts'
import { APPROVAL_LEVELS, type ApprovalLevel } from './approval.ts'
import { respondErrors } from './respond-errors.ts'
import { type Asked, askedOf, floorOf } from './response-action.ts'

const commands = z
  .array(command)
  .min(1)
  .transform((list) => list as Command[])
const verification = z.strictObject({
  commands,
  /** A condition over the variables and over the outputs of the answers, as `__output__`. */
  expect: z.string().min(1),
  attempts: z.int().min(1).max(20).default(3),
  /** Milliseconds between two attempts. */
  wait: z.int().min(0).max(60_000).default(1000),
})
const policySchema = z.looseObject({
  approval: z.enum(APPROVAL_LEVELS).default('lead'),
  approver_differs: z.boolean().default(true),
  idempotent: z.boolean().default(false),
  retries: z.int().min(0).max(10).default(0),
  verification: verification.optional(),
  undo: z
    .strictObject({
      commands,
      approval: z.enum(['none', 'analyst', 'lead']).default('lead'),
      verification: verification.optional(),
    })
    .optional(),
})

export type StepPolicy = Readonly<z.infer<typeof policySchema>>
export type Verification = Readonly<z.infer<typeof verification>>

/**
 * What a step needs before and after it acts, from Dengta's extension of CACAO. A step that nobody graded asks for a lead, is never
 * repeated and cannot be undone; where a policy would be followed by nobody it is refused. Throws `threat_respond.bad_policy`.
 */
export function stepPolicy(id: string, step: WorkflowStep): StepPolicy {
  const stated = entryOf(step.step_extensions, HOUSE_EXTENSION) ?? {}
  const read = policySchema.safeParse(stated)
  const issue = read.error?.issues[0]
  if (issue || !read.success) throw bad(id, issue?.path ?? [], issue?.message ?? '')
  const policy = read.data
  if (policy.retries > 0 && !policy.idempotent)
    throw bad(id, ['retries'], { en: 'only an idempotent step is repeated', zh: '只有幂等的步骤才可重复执行' })
  checkVerification(id, ['verification'], policy.verification)
  checkVerification(id, ['undo', 'verification'], policy.undo?.verification)
  if (step.type === 'action') return raised(policy, step)
  const idle = OF_ACTIONS.find((name) => Object.hasOwn(stated, name))
  if (idle !== undefined) throw bad(id, [idle], NOT_HERE)
  return policy
}

const OF_ACTIONS = ['approval', 'approver_differs', 'idempotent', 'retries', 'verification', 'undo'] as const
const NOT_HERE: Text = {
  en: 'only action steps are approved, checked, repeated and undone; state it there, also in a playbook that is called',
  zh: '只有 action 步骤才有审批、验证、重试与撤销；请写在相应的 action 步骤中，被调用的剧本亦同',
}

/** No playbook may ask for less consent than the house does for the same action. */
function raised(policy: StepPolicy, { commands: own }: ActionStep): StepPolicy {
  const floors = (commands: readonly Command[] = []) =>
    commands.flatMap((each) => askedOf(each, own) ?? []).map(floorOf)
  const doing = floors(own)
  const undoing = floors(policy.undo?.commands)
  const approval = highest(policy.approval, doing)
  const approver_differs = policy.approver_differs || doing.some(({ differs }) => differs)
  if (policy.undo === undefined) return { ...policy, approval, approver_differs }
  const least = highest(policy.undo.approval, undoing)
  const undo = { ...policy.undo, approval: least === 'two-people' ? ('lead' as const) : least }
  return { ...policy, approval, approver_differs, undo }
}

function highest(stated: ApprovalLevel, floors: readonly { readonly approval: ApprovalLevel }[]): ApprovalLevel {
  const ranks = [stated, ...floors.map(({ approval }) => approval)].map((level) => APPROVAL_LEVELS.indexOf(level))
  return APPROVAL_LEVELS[Math.max(...ranks)] as ApprovalLevel
}

/** A check is sent without being shown to who consents: it must be readable, and only look. */
function checkVerification(id: string, path: readonly string[], check: Verification | undefined): void {
  if (check === undefined) return
  const acting = check.commands.findIndex((each) => isDeed(askedOf(each, check.commands)))
  if (acting >= 0) throw bad(id, [...path, 'commands', acting], ONLY_LOOKS)
  try {
    parseCondition(check.expect)
  } catch (cause) {
    if (cause instanceof AppError) throw bad(id, [...path, 'expect'], cause.text)
    throw cause
  }
}

const isDeed = (asked: Asked | undefined): boolean => asked?.verb === 'do' || asked?.verb === 'undo'
const ONLY_LOOKS: Text = {
  en: 'a check only looks; write what acts among the commands of the step, or of its undoing',
  zh: '检查只能查询；会产生动作的命令请写入步骤本身或其撤销',
}

const bad = (step: string, path: readonly PropertyKey[], problem: string | Text) =>
  respondErrors.bad_policy({ step, path: jsonPath(path), problem })
