import type { SignatureAlgorithm, Signer } from '@dengta/kernel'

/** Where private keys live. A keyring signs; it never hands a private key out. */
export interface Keyring {
  /** Makes the key if there is none of that name, else answers the one that is there: safe to repeat after a rollback. */
  create(name: string, suite: SignatureAlgorithm): Promise<Signer>
  /** Throws `ledger.key_missing` where there is none, `ledger.key_damaged` where it cannot be read. */
  signer(name: string): Promise<Signer>
}
