import type { Store } from '@dengta/store'
import type { KyselyPlugin } from 'kysely'

// What the kill test of replays is made of: a house that dies at one of the moments at which its replay is saved.

/** What the process is started with, as JSON. */
export interface VictimConfig {
  readonly home: string
  /** Dies by itself before it saves a replay whose row has this in it for the first time. */
  readonly dieBefore?: string
}

/** A store that ends this process before a replay is saved with a certain part of its row. */
export function dyingStore(store: Store, part: string): Store {
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => {
      if (node.kind === 'UpdateQueryNode' && JSON.stringify(node).includes(`\\"${part}\\":`))
        process.kill(process.pid, 'SIGKILL')
      return node
    },
    transformResult: async ({ result }) => result,
  }
  return { ...store, db: <T>() => store.db<T>().withPlugin(plugin) }
}
