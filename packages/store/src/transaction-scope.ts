import { AsyncLocalStorage } from 'node:async_hooks'
import { storeErrors } from './errors.ts'

interface Scope {
  open: boolean
  readonly afterCommit: Set<() => void>
}

type Within = <T>(work: () => Promise<T>) => Promise<T>

/**
 * Knows, along asynchronous calls, whether a transaction is open. With PGlite's one backend the outer handle inside a
 * transaction would wait for itself for ever; here it fails at once, on either engine.
 */
export class TransactionScope {
  readonly #scopes = new AsyncLocalStorage<Scope>()

  /** `transaction` begins and commits, and runs its inside through `within`. What was registered there runs once it has committed. */
  async run<R>(transaction: (within: Within) => Promise<R>): Promise<R> {
    const scope: Scope = { open: true, afterCommit: new Set() }
    const result = await transaction((work) => this.#scopes.run(scope, work)).finally(() => {
      scope.open = false
    })
    for (const act of scope.afterCommit) act()
    return result
  }

  assertOutside(): void {
    if (this.#scopes.getStore()?.open) throw storeErrors.outside_transaction()
  }

  /** The same function is called once, however often it is registered. */
  afterCommit(act: () => void): void {
    const scope = this.#scopes.getStore()
    if (!scope?.open) throw storeErrors.enqueue_needs_transaction()
    scope.afterCommit.add(act)
  }
}
