import type { Caller } from '@dengta/kernel'
import { testStores } from '@dengta/store'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { DataspaceTables } from '../tables.ts'
import { operator, type TestHouse, testHouse } from '../test-house.fixture.ts'

const lab: Caller = { participant: 'grid-lab', name: 'Lab', roles: ['developer'] }
const mine: Caller = { participant: 'mine', name: 'Mine', roles: ['owner'] }

describe.each(testStores())('tokens on $name', (stores) => {
  let house: TestHouse
  beforeEach(async () => {
    house = await testHouse(stores)
    await house.participants.register({ id: 'grid-lab', name: 'Lab', roles: ['developer'] })
  })
  afterEach(() => house.close())

  test('a token says who holds it, until it expires', async () => {
    const { token, expiresAt } = await house.tokens.issue(operator, 'grid-lab')
    expect(await house.tokens.authenticate(token)).toEqual(lab)
    house.clock.advance(expiresAt.getTime() - house.clock.now().getTime())
    expect(await house.tokens.authenticate(token)).toBeUndefined()
  })

  test('a token is dead once it is revoked', async () => {
    const { id, token } = await house.tokens.issue(lab, 'grid-lab')
    await house.tokens.revoke(lab, id)
    expect(await house.tokens.authenticate(token)).toBeUndefined()
  })

  test('a token with one character changed, or of nobody, is nobody', async () => {
    const { token } = await house.tokens.issue(operator, 'grid-lab')
    const changed = token.slice(0, -1) + (token.endsWith('0') ? '1' : '0')
    expect(await house.tokens.authenticate(changed)).toBeUndefined()
    expect(await house.tokens.authenticate(`dgt_tok_${'0'.repeat(26)}_${'0'.repeat(64)}`)).toBeUndefined()
    expect(await house.tokens.authenticate("' or true --")).toBeUndefined()
  })

  test('only the operator and the participant itself issue and revoke', async () => {
    const { id } = await house.tokens.issue(lab, 'grid-lab')
    await expect(house.tokens.issue(mine, 'grid-lab')).rejects.toMatchObject({ code: 'dataspace.not_yours' })
    await expect(house.tokens.issue(undefined, 'grid-lab')).rejects.toMatchObject({ code: 'dataspace.not_yours' })
    await expect(house.tokens.issue(operator, 'nobody')).rejects.toMatchObject({
      code: 'dataspace.participant_missing',
    })
    await expect(house.tokens.revoke(mine, id)).rejects.toMatchObject({ code: 'dataspace.token_missing' })
    await house.tokens.revoke(operator, id)
  })

  test('no operator but that of this machine makes another one, or takes the place of one', async () => {
    const ann: Caller = { participant: 'ann', name: 'Ann', roles: ['operator'] }
    for (const id of ['ann', 'bob']) await house.participants.register({ id, name: id, roles: ['operator'] })
    for (const id of ['house', 'bob'])
      await expect(house.tokens.issue(ann, id)).rejects.toMatchObject({ code: 'dataspace.house_only' })
    const body = { id: 'cat', name: 'Cat', roles: ['operator', 'auditor'] }
    const registering = house.call('POST /api/v1/participants', { caller: ann, body })
    await expect(registering).rejects.toMatchObject({ code: 'dataspace.house_only', kind: 'forbidden' })
    await house.call('POST /api/v1/participants', { caller: ann, body: { ...body, roles: ['auditor'] } })
    await house.tokens.issue(ann, 'ann')
    await house.tokens.issue(ann, 'cat')
    await house.tokens.issue(operator, 'bob')
  })

  test('the database holds no token, only its hash and its last use', async () => {
    const { token } = await house.tokens.issue(operator, 'grid-lab')
    await house.tokens.authenticate(token)
    const rows = await house.store.db<DataspaceTables>().selectFrom('tokens').selectAll().execute()
    expect(rows).toMatchObject([{ participant: 'grid-lab', last_used_at: house.clock.now() }])
    expect(JSON.stringify(rows)).not.toContain(token.slice(-64))
  })

  test('the routes issue and revoke', async () => {
    const issued = await house.call('POST /api/v1/participants/:id/tokens', { caller: lab, params: { id: 'grid-lab' } })
    const { id, token } = issued as { id: string; token: string }
    expect(await house.call('DELETE /api/v1/tokens/:id', { caller: lab, params: { id } })).toEqual({ id })
    expect(await house.tokens.authenticate(token)).toBeUndefined()
  })
})
