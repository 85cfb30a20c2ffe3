import { mkdirSync } from 'node:fs'
import type { FlowView } from '@dengta/sdk'
import { testStores } from '@dengta/store'
import { AUDITOR, type ThreatHouse, threatHouse } from '../threat-house.fixture.ts'
import { flowFolder, LIVE } from './live-flow.ts'

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
