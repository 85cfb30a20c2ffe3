import { randomBytes } from 'node:crypto'
import { type Caller, type Clock, fixedClock, HOUSE, type Role, type Route, timeOrderedIds, utf8 } from '@dengta/kernel'
import { type Ledger, ledgerMigrations, openLedger } from '@dengta/ledger'
import type { DayView, PlanView } from '@dengta/sdk'
import type { Store, TestStores } from '@dengta/store'
import type { EngineChoice } from './engine/engine.ts'
import { SAMPLE_YAML } from './model/sample-snapshot.fixture.ts'
import { type ComputeParts, computePlugin } from './plugin.ts'

const caller = (participant: string, ...roles: Role[]): Caller => ({ participant, name: participant, roles })
export const OPERATOR = caller(HOUSE, 'operator')
export const LAB = caller('lab', 'developer')
export const GUEST = caller('guest', 'developer')
export const AUDITOR = caller('audit', 'auditor')

/** Slot 0 of the sample day. */
export const MIDNIGHT = '2026-11-22T00:00:00.000Z'

export async function* pieces(...parts: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* parts
}

interface Given {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: object
  readonly body?: unknown
}

/** The whole domain on a real database, log and planning threads; the clock stands at 08:00 of the sample day. */
export interface ComputeHouse {
  readonly store: Store
  readonly ledger: Ledger
  readonly clock: ReturnType<typeof fixedClock>
  readonly parts: ComputeParts
  /** Calls a route as the server does: role, inputs and answer pass its own checks. */
  call<T>(by: Caller | undefined, place: string, given?: Given): Promise<T>
  upload(yaml?: string, startsAt?: string): Promise<DayView>
  /** A plan of a day, waited for. */
  planned(day: string): Promise<PlanView>
  close(): Promise<void>
}

interface HouseOptions {
  /** False leaves background jobs where they are queued. */
  readonly work?: boolean
  readonly engineOf?: (clock: Clock) => EngineChoice
}

export async function computeHouse({ make }: TestStores, options: HouseOptions = {}): Promise<ComputeHouse> {
  const { work = true, engineOf } = options
  const clock = fixedClock('2026-11-22T08:00:00Z')
  const store = await make([...ledgerMigrations, ...computePlugin.migrations], { clock })
  const ledger = await openLedger({ store, clock, home: store.home, origin: 'test.example/log' })
  await ledger.createKey(HOUSE)
  const ids = timeOrderedIds(clock, randomBytes)
  const isParticipant = async (id: string) => ['lab', 'guest'].includes(id)
  const isScenario = async (id: string) => id === 'turbine-nox'
  const parts = await computePlugin.start({
    ...{ store, ledger, clock, ids, isParticipant, isScenario },
    ...(engineOf && { engine: engineOf(clock) }),
  })
  if (work) await store.jobs.start(parts.jobs)
  const call = callerOf(parts.routes)
  const upload = (yaml = SAMPLE_YAML, startsAt = MIDNIGHT) =>
    call<DayView>(OPERATOR, 'POST /days', {
      query: { origin: 'simulated', source: 'test', startsAt },
      body: pieces(utf8(yaml).slice(0, 50), utf8(yaml).slice(50)),
    })
  const planned = async (day: string) => {
    const { id } = await call<PlanView>(OPERATOR, 'POST /plans', { body: { day, effort: 'quick', seed: 1 } })
    await store.jobs.idle()
    return call<PlanView>(OPERATOR, 'GET /plans/:id', { params: { id } })
  }
  const close = async () => {
    await parts.engine.stop()
    await store.jobs.stop()
    await ledger.close()
    await store.close()
  }
  return { store, ledger, clock, parts, call, upload, planned, close }
}

function callerOf(routes: readonly Route[]): ComputeHouse['call'] {
  return async (by, place, { params = {}, query = {}, body } = {}) => {
    const [method, path] = place.split(' ')
    const found = routes.find((each) => each.method === method && each.path === `/api/v1/compute${path}`)
    if (!found) throw new TypeError(`no route ${place}`)
    if (found.allow !== 'anyone' && !by?.roles.some((role) => found.allow.includes(role)))
      throw new TypeError(`${place} does not allow ${by?.participant ?? 'strangers'}`)
    const parsed = found.body && found.body !== 'stream' ? found.body.parse(body) : body
    const answer = await found.handle({ caller: by, params, query: found.query?.parse(query) ?? query, body: parsed })
    return (found.answer === 'raw' ? answer : found.answer.parse(answer)) as never
  }
}
