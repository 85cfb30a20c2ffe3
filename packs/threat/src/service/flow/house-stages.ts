import type { RuleSource } from '../../pipeline/detector/detector-protocol.ts'
import type { Stage } from '../../pipeline/stage/stage.ts'
import { untaught } from '../model/model-service.ts'
import { stagesOf } from './live-flow.ts'

/** The stages that the live flow of a new house has with these rules. */
export async function houseStages(source: RuleSource): Promise<readonly Stage[]> {
  const rules = { source, text: { en: '', zh: '' } }
  return (await stagesOf({ network: 'house', model: untaught(), rules, live: true })).stages
}
