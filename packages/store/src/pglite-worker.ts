import { Worker } from 'node:worker_threads'
import { storeErrors } from './errors.ts'
import { PgliteStream } from './pglite-stream.ts'

type Message = { readonly ready: true } | { readonly died: string }

/** The thread that runs PGlite. When it stops, every open connection fails at once with `store.database_stopped`. */
export class PgliteWorker {
  readonly #worker: Worker
  readonly #streams = new Set<PgliteStream>()
  readonly #ready: Promise<void>
  /** Resolves when the thread has ended, with the reason where it was not asked to. */
  readonly stopped: Promise<string | undefined>
  #reason: string | undefined
  #alive = true

  constructor(program: string, folder: string) {
    this.#worker = new Worker(program, { workerData: { folder } })
    this.#ready = new Promise((resolve) => {
      this.#worker.on('message', (message: Message) => {
        if ('ready' in message) resolve()
        else this.#reason = message.died
      })
    })
    this.#worker.on('error', (error) => {
      this.#reason ??= error.message
    })
    this.stopped = new Promise((resolve) => {
      this.#worker.once('exit', (code) => resolve(this.#ended(code)))
    })
  }

  /** Throws `store.database_broken` where the folder does not open. */
  async ready(folder: string): Promise<void> {
    const failed = this.stopped.then((reason) => {
      throw storeErrors.database_broken({ folder, reason: reason ?? 'it ended' })
    })
    await Promise.race([this.#ready, failed])
    this.#worker.unref()
  }

  connect(): PgliteStream {
    const stream = new PgliteStream(this.#worker)
    this.#streams.add(stream)
    stream.once('close', () => this.#streams.delete(stream))
    if (!this.#alive) process.nextTick(() => stream.destroy(this.#stoppedError()))
    return stream
  }

  /** Shuts the engine down in order. */
  async close(): Promise<void> {
    this.#worker.ref()
    this.#worker.postMessage({ close: true })
    await this.stopped
  }

  #ended(code: number): string | undefined {
    this.#alive = false
    if (code !== 0) this.#reason ??= `exit ${code}`
    for (const stream of this.#streams) stream.destroy(this.#stoppedError())
    return this.#reason
  }

  #stoppedError() {
    return storeErrors.database_stopped({ reason: this.#reason ?? 'closed' })
  }
}
