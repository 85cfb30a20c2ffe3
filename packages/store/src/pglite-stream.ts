import { Duplex } from 'node:stream'
import { MessageChannel, type Worker } from 'node:worker_threads'

/** What pg expects of a socket, over a MessagePort to the PGlite worker: PostgreSQL's wire protocol without a socket. */
export class PgliteStream extends Duplex {
  readonly #worker: Worker
  readonly #port

  constructor(worker: Worker) {
    super()
    const { port1, port2 } = new MessageChannel()
    this.#worker = worker
    this.#port = port1
    port1.on('message', (bytes: Uint8Array) => this.push(bytes))
    worker.postMessage({ open: port2 }, [port2])
  }

  connect(): void {
    queueMicrotask(() => this.emit('connect'))
  }

  setNoDelay(): this {
    return this
  }

  /** While a query runs, the process must not end. */
  ref(): this {
    this.#worker.ref()
    this.#port.ref()
    return this
  }

  unref(): this {
    this.#worker.unref()
    this.#port.unref()
    return this
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#send([chunk])
    done()
  }

  override _writev(chunks: { chunk: Buffer }[], done: () => void): void {
    this.#send(chunks.map(({ chunk }) => chunk))
    done()
  }

  /** Copied once and handed over: what is only posted is copied three times, with all that lies around it in memory. */
  #send(chunks: readonly Buffer[]): void {
    const message = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0))
    let at = 0
    for (const chunk of chunks) {
      message.set(chunk, at)
      at += chunk.length
    }
    this.#port.postMessage(message, [message.buffer])
  }

  override _final(done: () => void): void {
    this.push(null)
    done()
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#port.close()
    done(error)
  }
}
