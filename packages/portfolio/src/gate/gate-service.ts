import type { LoggedRecord, Predicate, Subject } from '@dengta/evidence'
import { type Caller, HOUSE } from '@dengta/kernel'
import type { Ledger, NewRecord } from '@dengta/ledger'
import type { DecideGate, GateView } from '@dengta/sdk'
import type { Store } from '@dengta/store'
import { portfolioErrors } from '../errors.ts'
import type { ScenarioService } from '../scenario/scenario-service.ts'
import { sealOf } from './decide-g2.ts'
import type { GateDecision } from './gate.ts'
import { decideGate, gatesOfScenario, gateView, hasSubject } from './gates-of-scenario.ts'
import { newest, predicateOf, type Records, recordsUntil } from './records.ts'

/** The rule that decides, and its version: raised whenever a gate may answer otherwise from the same records. */
export const gatePolicy = (gate: GateDecision['gate']): string => `urn:dengta:gate:${gate}:v1`
export const GATE_VERIFIER = 'urn:dengta:portfolio'

export interface GateService {
  /** All gates of a scenario, recomputed from the records that stood at `at` (now, where absent). */
  gates(scenario: string, at?: Date): Promise<readonly GateView[]>
  /** Decides and signs as the house. Asked for by the scenario's owner, an auditor or the operator. */
  decide(caller: Caller, scenario: string, question: DecideGate): Promise<GateView>
}

export interface GateServiceParts {
  readonly store: Store
  readonly ledger: Ledger
  readonly scenarios: ScenarioService
}

export function gateService(parts: GateServiceParts): GateService {
  return {
    gates: async (scenario, at) => {
      await parts.scenarios.get(scenario)
      const records = await parts.ledger.records({ scenario })
      return gatesOfScenario(at ? recordsUntil(records, at) : records, scenario)
    },
    decide: decideBy(parts),
  }
}

function decideBy({ store, ledger, scenarios }: GateServiceParts): GateService['decide'] {
  return async (caller, scenario, question) => {
    const { owner } = await scenarios.get(scenario)
    if (!mayAsk(caller, owner)) throw portfolioErrors.not_asked_by({ scenario })
    const records = await ledger.records({ scenario })
    if (!hasSubject(records, scenario, question)) throw portfolioErrors.no_subject({ scenario, ...question })
    const decision = decideGate(records, scenario, question)
    const fact = signedDecision(records, scenario, decision)
    const record = await store.transaction((tx) => ledger.append(tx, fact))
    return gateView([...records, record as LoggedRecord], decision)
  }
}

function mayAsk({ participant, roles }: Caller, owner: string): boolean {
  return participant === owner || roles.includes('auditor') || roles.includes('operator')
}

function signedDecision(records: Records, scenario: string, decision: GateDecision): NewRecord<'gate'> {
  const { gate, about, reasons, basis } = decision
  const predicate: Omit<Predicate<'gate'>, 'at' | 'actor'> = {
    ...{ scenario, basis, gate, about, decision: decision.decision, reasons: [...reasons] },
    ...{ policy: gatePolicy(gate), verifier: GATE_VERIFIER },
  }
  return { kind: 'gate', actor: HOUSE, subjects: [subjectOf(records, scenario, decision)], predicate }
}

/** What the decision is about, by digest: the scenario file, the commitment of the data, the model. */
function subjectOf(records: Records, scenario: string, { gate, about }: GateDecision): Subject {
  const seal = gate === 'G2' ? sealOf(records, about) : undefined
  if (seal) return subject(`benchmark:${about}`, predicateOf(seal).commitment)
  const submission = gate === 'G3' ? newest(records, 'submission', (one) => one.submission === about) : undefined
  if (submission) return subject(`submission:${about}`, predicateOf(submission).model)
  const statement = newest(records, 'scenario')
  if (!statement) throw portfolioErrors.no_scenario({ id: scenario })
  return subject(`scenario:${scenario}`, predicateOf(statement).file)
}

function subject(name: string, sha256: string): Subject {
  return { name, digest: { sha256 } }
}
