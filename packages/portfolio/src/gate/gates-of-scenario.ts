import type { DecideGate, GateView, ScenarioView } from '@dengta/sdk'
import { decideG1 } from './decide-g1.ts'
import { criteriaFor, decideG2 } from './decide-g2.ts'
import { decideG3 } from './decide-g3.ts'
import type { GateDecision, GateName } from './gate.ts'
import { newest, ofKind, ofScenario, predicateOf, type Records } from './records.ts'

/** Decides one gate from records alone. */
export function decideGate(records: Records, scenario: string, { gate, about }: DecideGate): GateDecision {
  if (gate === 'G1') return decideG1(records, scenario)
  return gate === 'G2' ? decideG2(records, scenario, about) : decideG3(records, scenario, about)
}

/** Is there anything on record that this gate can be asked about? */
export function hasSubject(records: Records, scenario: string, { gate, about }: DecideGate): boolean {
  const own = ofScenario(records, scenario)
  if (gate === 'G1') return about === scenario
  if (gate === 'G2') return newest(own, 'benchmark', (one) => one.benchmark === about) !== undefined
  return newest(own, 'submission', (one) => one.submission === about) !== undefined
}

/** G1, G2 of every benchmark of the scenario, G3 of every scored submission to a benchmark that a criterion names. */
export function gatesOfScenario(records: Records, scenario: string): readonly GateView[] {
  const own = ofScenario(records, scenario)
  const decisions = [
    decideG1(own, scenario),
    ...benchmarksOf(own).map(({ id }) => decideG2(own, scenario, id)),
    ...scoredSubmissions(own).map((id) => decideG3(own, scenario, id)),
  ]
  return decisions.map((decision) => gateView(own, decision))
}

/** A decision as the API shows it, with the newest signed decision on the same question. */
export function gateView(own: Records, { reasons, basis, ...decision }: GateDecision): GateView {
  const { gate, about } = decision
  const signed = newest(own, 'gate', (one) => one.gate === gate && one.about === about)
  const view = { ...decision, reasons: [...reasons], basis: [...basis] }
  if (!signed) return view
  const { at, decision: said } = predicateOf(signed)
  return { ...view, decided: { record: signed.id, decision: said, at } }
}

/** The benchmarks of a scenario in the order of their first record, with their newest titles. */
export function benchmarksOf(own: Records): ScenarioView['benchmarks'] {
  const titles = new Map(
    ofKind(own, 'benchmark').map((record) => {
      const { benchmark, title } = predicateOf(record)
      return [benchmark, title]
    }),
  )
  return Array.from(titles, ([id, title]) => ({ id, title }))
}

/** How far a scenario has come: the furthest gate that stands open. */
export function stageOf(gates: readonly Pick<GateView, 'gate' | 'decision'>[]): ScenarioView['stage'] {
  const open = (gate: GateName) => gates.some((one) => one.gate === gate && one.decision === 'OPEN')
  if (open('G3')) return 'benchmark'
  if (open('G2')) return 'data'
  return open('G1') ? 'requirement' : 'pain'
}

function scoredSubmissions(own: Records): readonly string[] {
  const statement = newest(own, 'scenario')
  const scored = new Set(ofKind(own, 'evaluation').map((record) => predicateOf(record).submission))
  const submissions = ofKind(own, 'submission', ({ submission, benchmark }) => {
    return scored.has(submission) && criteriaFor(statement && predicateOf(statement), benchmark).length > 0
  })
  return [...new Set(submissions.map((record) => predicateOf(record).submission))]
}
