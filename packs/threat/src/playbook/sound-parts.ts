import type { Playbook } from './playbook.ts'
import { fault, type PlaybookFault } from './playbook-fault.ts'
import { referenceFaults } from './reference-faults.ts'
import { structureFaults } from './structure-faults.ts'

type Path = readonly PropertyKey[]

/** Members that say where a step leads. */
const LEADS: ReadonlySet<PropertyKey> = new Set([
  ...(['type', 'on_completion', 'on_success', 'on_failure'] as const),
  ...(['on_true', 'on_false', 'cases', 'next_steps'] as const),
])
const STARTS: ReadonlySet<PropertyKey | undefined> = new Set([undefined, 'workflow_start', 'workflow_exception'])
/** Lists and maps that steps refer to. */
const NAMED: ReadonlySet<PropertyKey> = new Set([
  ...(['playbook_variables', 'agent_definitions', 'target_definitions', 'markings'] as const),
  ...(['authentication_info_definitions', 'extension_definitions', 'data_marking_definitions'] as const),
  'playbook_extensions',
])

/**
 * What else is wrong with a file that its schema has refused, as far as the sound parts let it be known; `broken` are the places that
 * the schema named. What cannot be checked yet is a fault of its own, so that nothing is left out unsaid.
 */
export function faultsBeside(document: unknown, broken: readonly Path[]): readonly PlaybookFault[] {
  const playbook = document as Playbook
  return [
    ...(broken.some(breaksGraph) ? [GRAPH_LATER] : structureFaults(playbook)),
    ...(broken.some(breaksNames) ? [namesLater([])] : namesOfSoundSteps(playbook, broken)),
  ]
}

const breaksGraph = ([top, , member]: Path): boolean =>
  STARTS.has(top) || (top === 'workflow' && (member === undefined || LEADS.has(member)))

const breaksNames = ([top, step]: Path): boolean =>
  top === undefined || NAMED.has(top) || (top === 'workflow' && step === undefined)

/** References are looked for in steps that the schema takes. */
function namesOfSoundSteps(playbook: Playbook, broken: readonly Path[]): readonly PlaybookFault[] {
  const bad = new Set(broken.flatMap(([top, step]) => (top === 'workflow' && step !== undefined ? [step] : [])))
  const sound = Object.entries(playbook.workflow).filter(([id]) => !bad.has(id))
  const later = Array.from(bad, (id) => namesLater(['workflow', id]))
  return [...referenceFaults({ ...playbook, workflow: Object.fromEntries(sound) }), ...later]
}

const GRAPH_LATER = fault(
  ['workflow'],
  'where its steps lead is checked once the faults named above are corrected',
  '步骤之间的走向，须待上述问题修正后才能检查',
)

const namesLater = (path: Path): PlaybookFault =>
  fault(
    path,
    'what is referred to here is checked once the faults named above are corrected',
    '此处引用的对象，须待上述问题修正后才能检查',
  )
