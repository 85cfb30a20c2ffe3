import { randomBytes } from 'node:crypto'
import { type Caller, fixedClock, type Route, timeOrderedIds } from '@dengta/kernel'
import { type Ledger, ledgerMigrations, type NewRecord, openLedger } from '@dengta/ledger'
import type { Store, TestStores } from '@dengta/store'
import { type DataspaceParts, dataspacePlugin } from './dataspace-plugin.ts'
import { dataspaceMigrations } from './migrations.ts'

export interface TestHouse extends DataspaceParts {
  readonly store: Store
  readonly ledger: Ledger
  readonly clock: ReturnType<typeof fixedClock>
  /** States a fact of the scenario `s1` as this participant. */
  state(actor: string, basis?: readonly string[]): ReturnType<Ledger['append']>
  /** Calls the handler of a route, its inputs and answer passed through their schemas as the server does. */
  call(name: string, request?: { caller?: Caller; params?: object; query?: object; body?: object }): Promise<unknown>
  restart(): Promise<DataspaceParts>
  close(): Promise<void>
}

export const operator: Caller = { participant: 'house', name: 'Dengta', roles: ['operator'] }

export async function testHouse({ make }: TestStores): Promise<TestHouse> {
  const store = await make([...ledgerMigrations, ...dataspaceMigrations])
  const clock = fixedClock('2026-11-22T08:00:00.000Z')
  const ledger = await openLedger({ store, clock, home: store.home, origin: 'example.com/log' })
  const start = () =>
    dataspacePlugin.start({ store, ledger, clock, ids: timeOrderedIds(clock, randomBytes), random: randomBytes })
  const parts = await start()
  return {
    ...parts,
    store,
    ledger,
    clock,
    state: (actor, basis = []) => {
      clock.advance(1)
      return store.transaction((tx) => ledger.append(tx, sampleRecord(actor, basis)))
    },
    call: (name, request = {}) => callRoute(parts.routes, name, request),
    restart: start,
    close: () => ledger.close().finally(() => store.close()),
  }
}

async function callRoute(
  routes: readonly Route[],
  name: string,
  { caller, params = {}, query = {}, body = {} }: Parameters<TestHouse['call']>[1] & object,
): Promise<unknown> {
  const route = routes.find(({ method, path }) => `${method} ${path}` === name)
  if (route === undefined) throw new Error(`there is no route ${name}`)
  const read = {
    caller,
    params: route.params?.parse(params),
    query: route.query?.parse(query),
    body: route.body === 'stream' ? undefined : route.body?.parse(body),
  }
  const answer = await route.handle(read)
  return route.answer === 'raw' ? answer : route.answer.parse(answer)
}

function sampleRecord(actor: string, basis: readonly string[]): NewRecord<'replay'> {
  const digest = 'a'.repeat(64)
  return {
    kind: 'replay',
    actor,
    subjects: [{ name: 'submission:x', digest: { sha256: digest } }],
    predicate: {
      scenario: 's1',
      basis,
      submission: 'x',
      evaluation: digest,
      expected: digest,
      got: digest,
      same: true,
    },
  }
}
