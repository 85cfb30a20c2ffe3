import { type Dictionary, entryOf, type Playbook, type Variable, type WorkflowStep } from './playbook.ts'
import { playbookErrors } from './playbook-errors.ts'

const USE = /(__[a-zA-Z_][a-zA-Z0-9_-]{0,199}__):value/g

const octet = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)'
const SHAPES: Readonly<Record<string, RegExp>> = {
  bool: /^(true|false)$/i,
  integer: /^-?\d{1,15}$/,
  long: /^-?\d{1,19}$/,
  float: /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/,
  hexstring: /^([0-9a-fA-F]{2})*$/,
  'ipv4-addr': new RegExp(`^${octet}(\\.${octet}){3}(/(3[0-2]|[12]?\\d))?$`),
  'ipv6-addr': /^(?=.*:)[0-9a-fA-F:.]{2,45}(\/(12[0-8]|1[01]\d|\d?\d))?$/,
  'mac-addr': /^[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}$/,
  'md5-hash': /^[0-9a-fA-F]{32}$/,
  'sha256-hash': /^[0-9a-fA-F]{64}$/,
  uri: /^[a-zA-Z][a-zA-Z0-9+.-]*:\S+$/,
  uuid: /^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/,
}

const LONE_SURROGATE = /\p{Surrogate}/u

/** True where the text fits the declared type; types outside CACAO 2.0 §10.18.4 take any text. Half a character is no text. */
export function fitsType(value: string, type: string): boolean {
  if (LONE_SURROGATE.test(value)) return false
  if (type === 'dictionary') return isJsonObject(value)
  return Object.hasOwn(SHAPES, type) ? (SHAPES[type] as RegExp).test(value) : true
}

function isJsonObject(value: string): boolean {
  try {
    const parsed: unknown = JSON.parse(value)
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
  } catch (cause) {
    if (cause instanceof SyntaxError) return false
    throw cause
  }
}

/** The names of variables that a text uses, as `__name__`. */
export function variablesIn(text: string): readonly string[] {
  return Array.from(text.matchAll(USE), (found) => found[1] as string)
}

/** Puts values in place of `__name__:value`, once: a value that looks like a variable stays text. Unknown names stay as they are. */
export function substitute(
  text: string,
  values: ReadonlyMap<string, string | null>,
  encode: (value: string) => string = (value) => value,
): string {
  return text.replace(USE, (place, name: string) => {
    const value = values.get(name)
    return value === undefined || value === null ? place : encode(value)
  })
}

/** What a step sees: the variables of the playbook, covered by its own. */
export function variablesAt(playbook: Playbook, step?: WorkflowStep): ReadonlyMap<string, Variable> {
  return new Map([...Object.entries(playbook.playbook_variables ?? {}), ...Object.entries(step?.step_variables ?? {})])
}

/** Start values of a run. `inputs` may set variables that are not constant; throws unknown_variable, wrong_value. */
export function startValues(playbook: Playbook, inputs: Dictionary<string>): Map<string, string | null> {
  const declared = playbook.playbook_variables ?? {}
  const values = new Map(Object.entries(declared).map(([name, { value }]) => [name, value ?? null]))
  for (const [name, value] of Object.entries(inputs)) {
    const variable = entryOf(declared, name)
    if (variable === undefined || variable.constant === true) throw unknownVariable(playbook, name)
    if (!fitsType(value, variable.type)) throw playbookErrors.wrong_value({ variable: name, type: variable.type })
    values.set(name, value)
  }
  return values
}

/** Throws missing_input where a value that whoever starts the playbook must give is neither given nor set beforehand. */
export function needInputs({ playbook_variables = {} }: Playbook, values: ReadonlyMap<string, string | null>): void {
  const asked = Object.entries(playbook_variables).filter(([, { external }]) => external === true)
  const missing = asked.filter(([name, { value }]) => (values.get(name) ?? '') === '' && value !== '')
  const inputs = missing.map(([name, { type }]) => `${name} (${type})`).join(', ')
  if (inputs !== '') throw playbookErrors.missing_input({ inputs })
}

function unknownVariable({ playbook_variables = {} }: Playbook, variable: string) {
  const open = Object.entries(playbook_variables).filter(([, { constant }]) => constant !== true)
  return playbookErrors.unknown_variable({ variable, known: open.map(([name]) => name).join(', ') || '-' })
}
