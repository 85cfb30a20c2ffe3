import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Token } from './token.ts'
import type { TokenStore } from './token-store.ts'

const token: Token = {
  id: 'tok_1',
  participant: 'grid-lab',
  hash: 'c'.repeat(64),
  expiresAt: new Date('2027-01-01T00:00:00.000Z'),
  revokedAt: undefined,
  lastUsedAt: undefined,
}

export interface OpenTokenStore {
  readonly tokens: TokenStore
  close(): Promise<void>
}

/** Every implementation runs these same cases. `open` answers a fresh store that knows the participant `grid-lab`. */
export function tokenStoreContract(name: string, open: () => Promise<OpenTokenStore>): void {
  describe(`token store, ${name}`, () => {
    let opened: OpenTokenStore
    beforeEach(async () => {
      opened = await open()
      await opened.tokens.create(token)
    })
    afterEach(() => opened.close())

    test('gives back what was written', async () => {
      expect(await opened.tokens.find('tok_1')).toEqual(token)
      expect(await opened.tokens.find('tok_2')).toBeUndefined()
    })

    test('the first revocation stands', async () => {
      const [first, later] = [new Date('2026-12-01T00:00:00.000Z'), new Date('2026-12-02T00:00:00.000Z')]
      await opened.tokens.revoke('tok_1', first)
      await opened.tokens.revoke('tok_1', later)
      expect((await opened.tokens.find('tok_1'))?.revokedAt).toEqual(first)
    })

    test('notes the last use', async () => {
      const at = new Date('2026-12-01T00:00:00.000Z')
      await opened.tokens.noteUse('tok_1', at)
      expect(await opened.tokens.find('tok_1')).toEqual({ ...token, lastUsedAt: at })
    })

    test('no token without its participant', async () => {
      await expect(opened.tokens.create({ ...token, id: 'tok_2', participant: 'nobody' })).rejects.toThrow()
    })
  })
}
