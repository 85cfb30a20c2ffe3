import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { FsyncFileSystem } from './fsync-file-system.ts'
import { START_PARAMETERS } from './pglite-parameters.ts'
import { provesFsync } from './prove-fsync.ts'

/** Runs PGlite for one data folder. Each connection of the pool is a MessagePort that carries PostgreSQL's wire protocol. */
const main = parentPort!
const files = new FsyncFileSystem((workerData as { folder: string }).folder, die)
const database = await PGlite.create({ fs: files, startParams: START_PARAMETERS })
let session: MessagePort | undefined
let turn = Promise.resolve()

function die(reason: string): never {
  main.postMessage({ died: reason })
  process.exit(1)
}

function inTurn(work: () => Promise<void>): void {
  turn = turn.then(work).catch((thrown: unknown) => die(String(thrown)))
}

/** There is one backend: a new connection takes it over as a fresh session, whatever the last one left open. */
function open(port: MessagePort): void {
  session?.close()
  session = port
  inTurn(async () => {
    if (database.isInTransaction()) await execute(simpleQuery('rollback'))
    await execute(simpleQuery('discard all'))
  })
  port.on('message', (message: Uint8Array) => inTurn(() => execute(message, port)))
}

function execute(message: Uint8Array, port?: MessagePort): Promise<void> {
  const onRawData = (view: Uint8Array) => {
    const bytes = view.slice()
    port?.postMessage(bytes, [bytes.buffer])
  }
  return database.execProtocolRawStream(message, { syncToFs: false, onRawData })
}

/** A `Query` message (PostgreSQL protocol 3.0, "Message Formats"). */
function simpleQuery(text: string): Uint8Array {
  const message = Buffer.alloc(text.length + 6)
  message.write('Q')
  message.writeInt32BE(text.length + 5, 1)
  message.write(text, 5)
  return message
}

if (!(await provesFsync(database, files))) die('a commit was not followed by an fsync')
main.on('message', (message: { open?: MessagePort }) => {
  if (message.open) return open(message.open)
  inTurn(async () => {
    await database.close()
    main.close()
    session?.close()
  })
})
main.postMessage({ ready: true })
