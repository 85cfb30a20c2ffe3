import { fsyncSync } from 'node:fs'
import type { PGlite } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'

/** What emscripten's NODEFS looks like in the pinned PGlite 0.5.14. */
interface EngineModule {
  readonly FS: { readonly filesystems: { readonly NODEFS: { readonly stream_ops: StreamOperations } } }
}

interface StreamOperations {
  fsync?: (stream: { readonly nfd: number }) => number
}

type EngineOptions = Awaited<ReturnType<NodeFS['init']>>['emscriptenOpts'] & { onAbort?: () => void }

/**
 * PGlite's folder on disk, with the fsync that PGlite leaves out. `fsyncs` counts them, so that a start can prove it.
 * An fsync that fails, or a PANIC of the engine, calls `die`, which must not return: nothing more may be acknowledged.
 */
export class FsyncFileSystem extends NodeFS {
  fsyncs = 0
  readonly #die: (reason: string) => never

  constructor(folder: string, die: (reason: string) => never) {
    super(folder)
    this.#die = die
  }

  override async init(database: PGlite, options: EngineOptions): Promise<{ emscriptenOpts: EngineOptions }> {
    const { emscriptenOpts } = await super.init(database, options)
    const addFsync = (engine: unknown) => {
      ;(engine as EngineModule).FS.filesystems.NODEFS.stream_ops.fsync = ({ nfd }) => this.#fsync(nfd)
    }
    return {
      emscriptenOpts: {
        ...emscriptenOpts,
        preRun: [addFsync, ...(emscriptenOpts.preRun ?? [])],
        onAbort: () => this.#die('the database engine aborted'),
      },
    }
  }

  #fsync(file: number): number {
    try {
      fsyncSync(file)
    } catch (thrown) {
      this.#die(`fsync failed: ${String(thrown)}`)
    }
    this.fsyncs += 1
    return 0
  }
}
