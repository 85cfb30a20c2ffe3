/** CACAO Security Playbooks 2.0 (OASIS Committee Specification 01, 27 November 2023): the words of a playbook. Fields that the
 * specification does not name stay in the object untouched: a playbook is its document, and what is imported is what is exported. */

/** `type--UUID`, CACAO 2.0 §10.10. */
export type Identifier = string
/** RFC 3339 in UTC with `Z`, CACAO 2.0 §10.17. */
export type Timestamp = string
export type Dictionary<T> = Readonly<Record<string, T>>
/** Content of an extension, keyed by the id of its definition. */
export type Extensions = Dictionary<Readonly<Record<string, unknown>>>

/** CACAO 2.0 §10.18. A value is text whatever its type; null says that it is not known. */
export interface Variable {
  readonly type: string
  readonly description?: string
  readonly value?: string | null
  readonly constant?: boolean
  /** The caller gives the first value. */
  readonly external?: boolean
}

interface StepBase {
  readonly name?: string
  readonly description?: string
  /** Milliseconds to wait before the step begins. */
  readonly delay?: number
  /** Milliseconds after which the step has failed. */
  readonly timeout?: number
  readonly step_variables?: Dictionary<Variable>
  readonly owner?: Identifier
  readonly on_completion?: Identifier
  readonly on_success?: Identifier
  readonly on_failure?: Identifier
  readonly step_extensions?: Extensions
}

/** CACAO 2.0 §5. `command` and `content` may name variables. */
export interface Command {
  readonly type: string
  readonly description?: string
  readonly version?: string
  readonly playbook_activity?: string
  readonly command?: string
  readonly command_b64?: string
  readonly content?: string
  readonly content_b64?: string
  readonly headers?: Dictionary<readonly string[]>
}

export interface ActionStep extends StepBase {
  readonly type: 'action'
  readonly commands: readonly Command[]
  readonly agent: Identifier
  readonly targets?: readonly Identifier[]
  readonly in_args?: readonly string[]
  readonly out_args?: readonly string[]
}

export interface PlaybookStep extends StepBase {
  readonly type: 'playbook-action'
  readonly playbook_id: Identifier
  readonly playbook_version?: Timestamp
  readonly in_args?: readonly string[]
  readonly out_args?: readonly string[]
}

export interface ParallelStep extends StepBase {
  readonly type: 'parallel'
  readonly next_steps: readonly Identifier[]
}

export interface IfStep extends StepBase {
  readonly type: 'if-condition'
  readonly condition: string
  readonly on_true: Identifier
  readonly on_false?: Identifier
}

export interface WhileStep extends StepBase {
  readonly type: 'while-condition'
  readonly condition: string
  readonly on_true: Identifier
}

export interface SwitchStep extends StepBase {
  readonly type: 'switch-condition'
  /** The variable that is compared, `__name__:value`. */
  readonly switch: string
  /** Value to first step of its branch; `default` catches the rest. */
  readonly cases: Dictionary<Identifier>
}

interface PlainStep extends StepBase {
  readonly type: 'start' | 'end'
}

/** CACAO 2.0 §4. */
export type WorkflowStep = PlainStep | ActionStep | PlaybookStep | ParallelStep | IfStep | WhileStep | SwitchStep

/** CACAO 2.0 §7: who executes a command, or on what it is executed. */
export interface AgentTarget {
  readonly type: string
  readonly name: string
  readonly description?: string
  readonly address?: Dictionary<readonly (string | number)[]>
  readonly port?: string
  readonly authentication_info?: Identifier
  readonly agent_target_extensions?: Extensions
}

/** CACAO 2.0 §6. With `kms` the secret lies in a key store, under `kms_key_identifier`. */
export interface AuthenticationInfo {
  readonly type: string
  readonly name?: string
  readonly username?: string
  readonly user_id?: string
  readonly password?: string
  readonly token?: string
  readonly oauth_header?: string
  readonly kms?: boolean
  readonly kms_key_identifier?: string
}

export interface ExtensionDefinition {
  readonly type: 'extension-definition'
  readonly name: string
  readonly created_by: Identifier
  readonly schema: string
  readonly version: string
}

/** CACAO 2.0 §9. */
export interface DataMarking {
  readonly type: 'marking-statement' | 'marking-tlp' | 'marking-iep'
  readonly id: Identifier
  readonly created_by: Identifier
  readonly created: Timestamp
}

/** CACAO 2.0 §3.1. */
export interface Playbook {
  readonly type: 'playbook'
  readonly spec_version: 'cacao-2.0'
  readonly id: Identifier
  readonly name: string
  readonly description?: string
  readonly created_by: Identifier
  readonly created: Timestamp
  /** The version: later ones of the same id replace earlier ones. */
  readonly modified: Timestamp
  readonly revoked?: boolean
  readonly valid_from?: Timestamp
  readonly valid_until?: Timestamp
  readonly markings?: readonly Identifier[]
  readonly playbook_variables?: Dictionary<Variable>
  readonly workflow_start: Identifier
  readonly workflow_exception?: Identifier
  readonly workflow: Dictionary<WorkflowStep>
  readonly playbook_extensions?: Extensions
  readonly authentication_info_definitions?: Dictionary<AuthenticationInfo>
  readonly agent_definitions?: Dictionary<AgentTarget>
  readonly target_definitions?: Dictionary<AgentTarget>
  readonly extension_definitions?: Dictionary<ExtensionDefinition>
  readonly data_marking_definitions?: Dictionary<DataMarking>
  /** Kept byte for byte in meaning: never checked, changed or dropped here. */
  readonly signatures?: readonly unknown[]
}

/** Milliseconds since 1970. A leap second, which clocks of computers do not have, is the second before it. */
export const momentOf = (timestamp: Timestamp): number => Date.parse(timestamp.replace(/:60(\.\d+)?Z$/, ':59Z'))

/** Looks a name up among own members only: a playbook may call a step `constructor`. */
export function entryOf<T>(dictionary: Dictionary<T> | undefined, key: string): T | undefined {
  return dictionary !== undefined && Object.hasOwn(dictionary, key) ? dictionary[key] : undefined
}
