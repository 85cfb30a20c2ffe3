import { type Caller, HOUSE, type Text } from '@dengta/kernel'
import type { ActuatorView, TargetTrial } from '@dengta/sdk'
import type { Selectable } from 'kysely'
import type { ActuatorTarget } from '../../respond/actuator.ts'
import type { Choice, Choices } from '../../respond/actuator-adapter.ts'
import { floorOf, RESPONSE_ACTIONS, type ResponseAction } from '../../respond/response-action.ts'
import { tryTarget } from '../../respond/try-target.ts'
import { audit } from '../audit.ts'
import type { ThreatTables } from '../tables.ts'
import type { ThreatContext } from '../threat-context.ts'
import { threatErrors } from '../threat-errors.ts'

export interface ActuatorDesk {
  list(): Promise<readonly ActuatorView[]>
  /** Throws `threat.not_owner`, and what `Adapter.prepare` throws where the target could not be used. */
  choose(caller: Caller, action: ResponseAction, target: ActuatorTarget): Promise<ActuatorView>
  /** Throws what `Adapter.prepare` throws where the target could not be used. */
  trial(action: ResponseAction, target: ActuatorTarget): TargetTrial
  /** As last read from the store. */
  readonly choices: Choices
  /** Reads the choices anew. */
  refresh(): Promise<void>
}

type Row = Selectable<ThreatTables['threat_actuators']>
type Parts = Pick<ThreatContext, 'store' | 'clock'>

const NAMES: Readonly<Record<ResponseAction, Text>> = {
  'isolate-host': { en: 'Isolate a host', zh: '隔离主机' },
  'disable-account': { en: 'Disable an account', zh: '停用账号' },
  'block-address': { en: 'Block an address', zh: '封禁地址' },
  'collect-evidence': { en: 'Collect evidence', zh: '采集证据' },
}

export function actuatorDesk({ store, clock }: Parts): ActuatorDesk {
  let rows: readonly Row[] = []
  const refresh = async () => {
    rows = await store.db<ThreatTables>().selectFrom('threat_actuators').selectAll().orderBy('number').execute()
  }
  const newest = (action: ResponseAction) => rows.findLast((row) => row.action === action)
  return {
    refresh,
    list: async () => RESPONSE_ACTIONS.map((action) => viewOf(action, newest(action))),
    choose: async (caller, action, target) => {
      if (!mayChoose(caller)) throw threatErrors.not_owner({ person: caller.participant })
      tryTarget(action, target)
      const [at, actor] = [clock.now(), caller.participant]
      const body = JSON.stringify(target)
      await store.transaction<ThreatTables, void>(async (tx) => {
        await tx.insertInto('threat_actuators').values({ action, body, chosen_by: actor, chosen_at: at }).execute()
        await audit(tx, { at, actor, action: 'actuator.choose', target: action, detail: placeOf(target) })
      })
      await refresh()
      return viewOf(action, newest(action))
    },
    trial: (action, target) => ({ action, sends: tryTarget(action, target).map((each) => ({ ...each })) }),
    choices: {
      inForce: (action) => choiceOf(newest(action)),
      ofNumber: (number) => choiceOf(rows.find((row) => row.number === number)),
    },
  }
}

/** Operators act; where their commands go is not for them to say, but for who runs the machine. */
const mayChoose = ({ participant, roles }: Caller): boolean => roles.includes('owner') || participant === HOUSE

function choiceOf(row: Row | undefined): Choice | undefined {
  return row && { number: row.number, target: JSON.parse(row.body) as ActuatorTarget }
}

function placeOf(target: ActuatorTarget): string {
  if (target.kind === 'simulator') return 'simulator'
  if (target.kind === 'ssh') return `${target.user}@${target.host}:${target.port}`
  return target.kind === 'http' ? new URL(target.url).origin : target.url
}

function viewOf(action: ResponseAction, row: Row | undefined): ActuatorView {
  const target = choiceOf(row)?.target ?? { kind: 'simulator' as const }
  const { approval } = floorOf({ action, verb: 'do', values: {} })
  const chosen = row && { choice: row.number, chosenBy: row.chosen_by, chosenAt: row.chosen_at.toISOString() }
  return { action, name: NAMES[action], target, place: placeOf(target), approval, ...chosen }
}
