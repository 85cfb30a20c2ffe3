import type { Clock } from '@dengta/kernel'
import type { OthersPower } from '../executor/others-power.ts'
import { type AdmissionController, type KueueVersion, startAdmissionController } from './admission-controller.ts'
import { admitByPower, type Flavor } from './admit-by-power.ts'
import type { KubernetesClient } from './kubernetes-client.ts'

export interface PowerAdmissionOptions {
  readonly client: KubernetesClient
  readonly check: string
  readonly version: KueueVersion
  readonly flavors: readonly Flavor[]
  readonly clock: Clock
}

export interface PowerAdmission {
  /** What others may draw from now on. Waits for no answer of Kueue; throws what has kept the check from its work until now. */
  admit(power: OthersPower): Promise<void>
  close(): Promise<void>
}

/** The admission check of a house: begins once the house says what others may draw, so that without a plan nobody is let in. */
export function powerAdmission({ client, check, version, flavors, clock }: PowerAdmissionOptions): PowerAdmission {
  let now: { readonly power: OthersPower; readonly controller: AdmissionController } | undefined
  let asking = false
  let fault: unknown
  const begin = (): AdmissionController =>
    startAdmissionController({
      ...{ client, version, checkName: check, clock },
      decide: (workloads) =>
        now
          ? admitByPower(workloads, { checkName: check, flavors, power: now.power, now: clock.now().getTime() })
          : new Map(),
    })
  const ask = async ({ reconsider }: AdmissionController): Promise<void> => {
    if (asking) return
    asking = true
    fault = await reconsider().catch((thrown: unknown) => thrown)
    asking = false
  }
  return {
    admit: async (power) => {
      now = { power, controller: now?.controller ?? begin() }
      void ask(now.controller)
      if (fault !== undefined) throw fault
    },
    close: async () => now?.controller.stop(),
  }
}
