import { gateView } from '../api/common.ts'
import { exportFile } from '../api/export.ts'
import { type DecideGate, gateList, type NewScenario, scenarioList, scenarioView } from '../api/scenario.ts'
import { path, type Transport } from './transport.ts'

/** Scenarios and their gates. */
export function scenarioCalls({ parsed }: Transport) {
  return {
    listScenarios: () => parsed({ path: '/scenarios' }, scenarioList).then((list) => list.scenarios),
    getScenario: (id: string) => parsed({ path: path('/scenarios/:id', { id }) }, scenarioView),
    stateScenario: (json: NewScenario) => parsed({ method: 'POST', path: '/scenarios', json }, scenarioView),
    listGates: (id: string) =>
      parsed({ path: path('/scenarios/:id/gates', { id }) }, gateList).then((list) => list.gates),
    /** Asks for a signed decision over the records of this moment. */
    decideGate: (id: string, json: DecideGate) =>
      parsed({ method: 'POST', path: path('/scenarios/:id/gates', { id }), json }, gateView),
    /** Every record of the scenario in one file that verifies offline. */
    exportScenario: (id: string) => parsed({ path: path('/scenarios/:id/export', { id }) }, exportFile),
  }
}
