import { openStore } from './open-store.ts'
import { type KeptTables, keptJob, keptMigration } from './store-writer.ts'

/**
 * The victim of the kill test: writes rows, blobs and jobs into the data folder given as argument until it is killed,
 * and prints a line only after the commit. Prints the error's code where the folder does not open.
 */
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`)

async function writeForEver(home: string): Promise<void> {
  const clock = { now: () => new Date() }
  const store = await openStore({ home, migrations: [keptMigration], clock })
  await store.jobs.start([keptJob(store)])
  say({ open: process.pid })
  for (;;) {
    const { digest } = await store.blobs.put(Buffer.from(`blob ${Math.random()}`.repeat(100)))
    const n = await store.transaction<KeptTables, number>(async (tx) => {
      const row = await tx.insertInto('kept').values({ digest }).returning('n').executeTakeFirstOrThrow()
      await tx
        .updateTable('account')
        .set(({ eb }) => ({ amount: eb('amount', '-', 1) }))
        .where('id', '=', 1)
        .execute()
      await tx
        .updateTable('account')
        .set(({ eb }) => ({ amount: eb('amount', '+', 1) }))
        .where('id', '=', 2)
        .execute()
      await store.jobs.enqueue(tx, 'kept', { n: row.n })
      return row.n
    })
    say({ n, digest })
  }
}

writeForEver(process.argv[2]!).catch((error: { code?: string }) => {
  say({ failed: error.code ?? String(error) })
  process.exit(1)
})
