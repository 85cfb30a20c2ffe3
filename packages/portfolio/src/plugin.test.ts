import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Caller, fixedClock, type Role, type Route, sha256Hex, utf8 } from '@dengta/kernel'
import { type Ledger, ledgerMigrations, openLedger } from '@dengta/ledger'
import { houseRoot, type Store, testStores } from '@dengta/store'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type PortfolioParts, portfolioPlugin } from './plugin.ts'

const FILE = readFileSync(join(houseRoot(), 'programme/nox/scenario.yaml'), 'utf8')
const ID = 'gas-turbine-nox'

const caller = (participant: string, ...roles: Role[]): Caller => ({ participant, name: participant, roles })
const plant = caller('turbine-plant', 'owner')

for (const { name, make } of testStores())
  describe(`portfolio on ${name}`, () => {
    let clock: ReturnType<typeof fixedClock>
    let store: Store
    let ledger: Ledger
    let parts: PortfolioParts

    beforeEach(async () => {
      clock = fixedClock('2026-11-22T08:00:00Z')
      store = await make([...ledgerMigrations, ...portfolioPlugin.migrations], { clock })
      ledger = await openLedger({ store, clock, home: store.home, origin: 'test.example/log' })
      for (const participant of ['house', 'turbine-plant', 'rival']) await register(participant)
      parts = await portfolioPlugin.start({ store, ledger, clock })
    })
    afterEach(async () => {
      await ledger.close()
      await store.close()
    })

    const register = async (participant: string) => {
      const key = await ledger.createKey(participant)
      const subjects = [{ name: participant, digest: { sha256: sha256Hex(utf8(participant)) } }]
      const predicate = { participant, name: participant, roles: ['owner' as const], key: { ...key }, basis: [] }
      await store.transaction((tx) =>
        ledger.append(tx, { kind: 'participant', actor: participant, subjects, predicate }),
      )
    }
    const routeTo = (method: Route['method'], path: string): Route => {
      const found = parts.routes.find((route) => route.method === method && route.path === path)
      if (!found) throw new Error(`no route ${method} ${path}`)
      return found
    }
    /** Calls a route as the server does: inputs and answer go through its schemas. */
    const call = async (method: Route['method'], path: string, given: object = {}) => {
      const { answer, handle } = routeTo(method, path)
      const reply = await handle({ caller: undefined, params: {}, query: {}, body: undefined, ...given })
      return answer === 'raw' ? reply : answer.parse(reply)
    }

    test('a scenario is stated, shown with its gates, and stated anew', async () => {
      const first = (await call('POST', '/api/v1/scenarios', { caller: plant, body: { file: FILE } })) as {
        record: string
      }
      expect(first).toMatchObject({
        id: ID,
        owner: 'turbine-plant',
        stage: 'requirement',
        statedAt: '2026-11-22T08:00:00.000Z',
      })
      clock.advance(3_600_000)
      await call('POST', '/api/v1/scenarios', { caller: plant, body: { file: FILE.replace('0.60', '0.65') } })
      const [shown] = ((await call('GET', '/api/v1/scenarios')) as { scenarios: unknown[] }).scenarios
      expect(shown).toMatchObject({ id: ID, requirement: { criteria: [{ threshold: 0.65 }] } })
      expect(await call('GET', '/api/v1/scenarios/:id', { params: { id: ID } })).toEqual(shown)
      const second = await ledger.find((shown as { record: string }).record)
      expect(second!.statement.predicate).toMatchObject({ actor: 'turbine-plant', basis: [first.record] })
    })

    test('only the owner states a scenario, and an id has one owner', async () => {
      const rival = caller('rival', 'owner')
      await expect(parts.scenarios.state(rival, FILE)).rejects.toMatchObject({ code: 'portfolio.owner_differs' })
      await parts.scenarios.state(plant, FILE)
      const theirs = FILE.replace('owner: turbine-plant', 'owner: rival')
      await expect(parts.scenarios.state(rival, theirs)).rejects.toMatchObject({ code: 'portfolio.scenario_taken' })
      expect(await ledger.records({ scenario: ID })).toHaveLength(1)
    })

    test('a signed decision carries its reasons and the records that it rests on', async () => {
      const { record } = await parts.scenarios.state(plant, FILE)
      const question = { gate: 'G1', about: ID } as const
      const view = await parts.gates.decide(caller('third-eye', 'auditor'), ID, question)
      expect(view).toMatchObject({ decision: 'OPEN', basis: [record], decided: { decision: 'OPEN' } })
      const signed = await ledger.find(view.decided!.record)
      expect(signed!.statement).toMatchObject({
        subject: [{ name: `scenario:${ID}`, digest: { sha256: sha256Hex(utf8(FILE)) } }],
        predicate: { actor: 'house', scenario: ID, gate: 'G1', policy: 'urn:dengta:gate:G1:v1', reasons: view.reasons },
      })
      expect((await parts.gates.gates(ID))[0]).toEqual(view)
    })

    test('gates are shown as they stood', async () => {
      await parts.scenarios.state(plant, FILE)
      const at = (time: string) =>
        call('GET', '/api/v1/scenarios/:id/gates', { params: { id: ID }, query: { at: time } })
      expect(await at('2026-11-22T07:59:59Z')).toMatchObject({ gates: [{ gate: 'G1', decision: 'NOT_PROVEN' }] })
      expect(await at('2026-11-23T00:00:00+08:00')).toMatchObject({ gates: [{ gate: 'G1', decision: 'OPEN' }] })
    })

    test('a decision is refused to strangers and about what is not there', async () => {
      await parts.scenarios.state(plant, FILE)
      const ask = (who: Caller, gate: 'G1' | 'G2', about: string) => parts.gates.decide(who, ID, { gate, about })
      await expect(ask(caller('rival', 'owner'), 'G1', ID)).rejects.toMatchObject({ code: 'portfolio.not_asked_by' })
      await expect(ask(plant, 'G2', 'nowhere')).rejects.toMatchObject({ code: 'portfolio.no_subject' })
      await expect(parts.gates.gates('nowhere')).rejects.toMatchObject({ code: 'portfolio.no_scenario' })
      expect(await ledger.records({ scenario: ID, kinds: ['gate'] })).toEqual([])
    })
  })
