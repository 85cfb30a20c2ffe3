import type { Token } from './token.ts'

export interface TokenStore {
  create(token: Token): Promise<void>
  find(id: string): Promise<Token | undefined>
  /** A token stays revoked from the first time on. */
  revoke(id: string, at: Date): Promise<void>
  noteUse(id: string, at: Date): Promise<void>
}
