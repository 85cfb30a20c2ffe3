import { mkdirSync, readFileSync } from 'node:fs'
import type { FlowView } from '@dengta/sdk'
import { testStores } from '@dengta/store'
import type { SinkStep } from '../../pipeline/sink/alert-sink.ts'
import { listStepFiles } from '../../pipeline/sink/find-steps.ts'
import { blocksOf, stepOf } from '../../pipeline/sink/sink-block.ts'
import { AUDITOR, type ThreatHouse, threatHouse } from '../threat-house.fixture.ts'
import { flowFolder, stepFolder } from './flow-folder.ts'
import { LIVE } from './live-flow.ts'

const [stores] = testStores()

/** A house on the first of the test stores; its sources are HTTP and TCP on free ports unless stated. */
export const liveHouse = (
  settings: Parameters<typeof threatHouse>[1] = { http: { port: 0 }, tcp: { port: 0 } },
): Promise<ThreatHouse> => threatHouse(stores as NonNullable<typeof stores>, settings)

export const flowOf = (house: ThreatHouse): Promise<FlowView> => house.call<FlowView>(AUDITOR, 'GET /flow')

/** The folder of its live flow, made. */
export function liveFolder(house: ThreatHouse): string {
  const folder = flowFolder(house.store.home, LIVE)
  mkdirSync(folder, { recursive: true })
  return folder
}

/** The steps of its live flow that no checkpoint has covered, as they stand in their files. */
export async function liveSteps(house: ThreatHouse): Promise<SinkStep[]> {
  const files = await listStepFiles(stepFolder(house.store.home, LIVE))
  return files.flatMap(({ path }) => [...blocksOf(readFileSync(path))].map(stepOf))
}
