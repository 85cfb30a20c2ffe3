import { AppError, fromBase64, fromUtf8 } from '@dengta/kernel'
import { parseCondition, variablesOf } from './condition.ts'
import {
  type ActionStep,
  type Command,
  entryOf,
  momentOf,
  type Playbook,
  type Variable,
  type WorkflowStep,
} from './playbook.ts'
import { fault, type PlaybookFault } from './playbook-fault.ts'
import { fitsType, variablesAt, variablesIn } from './variable.ts'

/** What names something that is not there: variables, agents, targets, keys, extensions, markings; and values of the wrong type. */
export function referenceFaults(playbook: Playbook): readonly PlaybookFault[] {
  return [
    ...timeFaults(playbook),
    ...valueFaults(['playbook_variables'], playbook.playbook_variables ?? {}),
    ...Object.entries(playbook.workflow).flatMap(([id, step]) => stepFaults(id, step, playbook)),
    ...agentFaults(playbook),
    ...markingFaults(playbook),
    ...extensionFaults(['playbook_extensions'], playbook.playbook_extensions, playbook),
  ]
}

const missing = (path: readonly PropertyKey[], id: string): PlaybookFault =>
  fault(path, `names nothing that the playbook defines: ${id}`, `引用了剧本中未定义的对象：${id}`)

function timeFaults({ created, modified, valid_from, valid_until }: Playbook): readonly PlaybookFault[] {
  const faults: PlaybookFault[] = []
  if (momentOf(modified) < momentOf(created)) faults.push(fault(['modified'], 'lies before "created"', '早于 created'))
  if (valid_from && valid_until && momentOf(valid_until) <= momentOf(valid_from)) {
    faults.push(fault(['valid_until'], 'must lie after "valid_from"', '必须晚于 valid_from'))
  }
  return faults
}

function valueFaults(path: readonly PropertyKey[], variables: Readonly<Record<string, Variable>>) {
  return Object.entries(variables).flatMap(([name, { type, value }]) => {
    if (value === undefined || value === null || value === '' || fitsType(value, type)) return []
    return [fault([...path, name, 'value'], `is no ${type}`, `不是 ${type} 类型的值`)]
  })
}

function stepFaults(id: string, step: WorkflowStep, playbook: Playbook): readonly PlaybookFault[] {
  const path = ['workflow', id]
  const known = variablesAt(playbook, step)
  return [
    ...valueFaults([...path, 'step_variables'], step.step_variables ?? {}),
    ...extensionFaults([...path, 'step_extensions'], step.step_extensions, playbook),
    ...conditionFaults(path, step, known),
    ...('in_args' in step ? argumentFaults([...path, 'in_args'], step.in_args, known) : []),
    ...('out_args' in step ? argumentFaults([...path, 'out_args'], step.out_args, known) : []),
    ...(step.type === 'action' ? actionFaults(path, step, playbook) : []),
  ]
}

type Known = ReadonlyMap<string, Variable>

function argumentFaults(path: readonly PropertyKey[], names: readonly string[] = [], known: Known) {
  return names.flatMap((name, i) => {
    if (!known.has(name)) return [missing([...path, i], name)]
    const constant = path.at(-1) === 'out_args' && known.get(name)?.constant === true
    return constant ? [fault([...path, i], `${name} is constant and cannot be set`, `${name} 为常量，不能赋值`)] : []
  })
}

function conditionFaults(path: readonly PropertyKey[], step: WorkflowStep, known: Known): readonly PlaybookFault[] {
  if (step.type === 'switch-condition') {
    const [name = ''] = variablesIn(step.switch)
    return step.switch === `${name}:value` && known.has(name) ? [] : [missing([...path, 'switch'], step.switch)]
  }
  if (step.type !== 'if-condition' && step.type !== 'while-condition') return []
  try {
    const names = variablesOf(parseCondition(step.condition))
    return names.flatMap((name) => (known.has(name) ? [] : [missing([...path, 'condition'], name)]))
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause
    return [fault([...path, 'condition'], cause.text.en, cause.text.zh)]
  }
}

function actionFaults(path: readonly PropertyKey[], step: ActionStep, playbook: Playbook): readonly PlaybookFault[] {
  const known = variablesAt(playbook, step)
  const used = step.commands.flatMap((command, i) =>
    textsOf(command).flatMap(([field, text]) =>
      variablesIn(text)
        .filter((name) => !known.has(name))
        .map((name) => missing([...path, 'commands', i, field], name)),
    ),
  )
  const agent = entryOf(playbook.agent_definitions, step.agent)
  const targets = (step.targets ?? []).flatMap((id, i) =>
    entryOf(playbook.target_definitions, id) ? [] : [missing([...path, 'targets', i], id)],
  )
  return [...(agent ? [] : [missing([...path, 'agent'], step.agent)]), ...targets, ...used]
}

/** What a command says, by the member that says it; what is no text names no variable. */
function textsOf({ command, content, command_b64, content_b64 }: Command): readonly (readonly [string, string])[] {
  const texts = { command, content, command_b64: decoded(command_b64), content_b64: decoded(content_b64) }
  return Object.entries(texts).flatMap(([field, text]) => (text === undefined ? [] : [[field, text] as const]))
}

function decoded(base64: string | undefined): string | undefined {
  try {
    return base64 && fromUtf8(fromBase64(base64))
  } catch (cause) {
    if (cause instanceof TypeError) return undefined
    throw cause
  }
}

function agentFaults(playbook: Playbook): readonly PlaybookFault[] {
  return (['agent_definitions', 'target_definitions'] as const).flatMap((field) =>
    Object.entries(playbook[field] ?? {}).flatMap(([id, { type, authentication_info: key }]) => [
      ...(id.startsWith(`${type}--`)
        ? []
        : [fault([field, id, 'type'], 'is not the type in its id', '与标识中的类型不一致')]),
      ...(key === undefined || entryOf(playbook.authentication_info_definitions, key)
        ? []
        : [missing([field, id, 'authentication_info'], key)]),
      ...extensionFaults(
        [field, id, 'agent_target_extensions'],
        playbook[field]?.[id]?.agent_target_extensions,
        playbook,
      ),
    ]),
  )
}

function markingFaults({ markings = [], data_marking_definitions }: Playbook): readonly PlaybookFault[] {
  return markings.flatMap((id, i) => (entryOf(data_marking_definitions, id) ? [] : [missing(['markings', i], id)]))
}

function extensionFaults(path: readonly PropertyKey[], used: object | undefined, { extension_definitions }: Playbook) {
  return Object.keys(used ?? {}).flatMap((id) =>
    entryOf(extension_definitions, id) ? [] : [missing([...path, id], id)],
  )
}
