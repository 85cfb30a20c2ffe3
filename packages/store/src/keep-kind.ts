import { join } from 'node:path'
import { readIfThere, replaceDurably } from './durable-files.ts'
import { storeErrors } from './errors.ts'
import type { Store } from './store.ts'

/**
 * A folder keeps to the kind of database it began with: another one would start a second log under the same keys. Throws
 * `store.kept_in_postgres` or `store.kept_in_folder`.
 */
export async function keepKind(home: string, kind: Store['kind']): Promise<void> {
  const file = join(home, 'database.kind')
  const known = await readIfThere(file)
  if (known === '') await replaceDurably(file, kind)
  else if (known === 'postgres' && kind !== known) throw storeErrors.kept_in_postgres({ home })
  else if (known !== kind) throw storeErrors.kept_in_folder({ home })
}
