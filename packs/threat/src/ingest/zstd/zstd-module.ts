import { ZSTDDecoder } from 'zstddec/stream'

/** The part of the WebAssembly interface that is used; the types of Node 20 leave it out. */
type CompiledModule = object
declare const WebAssembly: {
  instantiate(module: CompiledModule, imports: object): Promise<{ readonly exports: object }>
}

/** The functions of libzstd that unpacking a stream needs. Sizes and addresses are bytes in `memory`. */
export interface ZstdExports {
  readonly memory: { readonly buffer: ArrayBuffer }
  malloc(bytes: number): number
  ZSTD_createDCtx(): number
  ZSTD_DStreamInSize(): number
  ZSTD_DStreamOutSize(): number
  /** 0 at the end of a frame, more where a frame goes on, an error code below 0 (as a signed number). */
  ZSTD_decompressStream(context: number, output: number, input: number): number
}

/**
 * Hands out the compiled module instead of the package's one shared instance: its memory never shrinks, and its own loop
 * does not look at error codes, so a damaged file would keep it busy for ever.
 */
class ModuleTaker extends ZSTDDecoder {
  module: CompiledModule | undefined

  override init(): Promise<void> {
    this._init = (result: { readonly module: CompiledModule }) => {
      this.module = result.module
    }
    return super.init()
  }
}

let module: Promise<CompiledModule> | undefined

async function loadModule(): Promise<CompiledModule> {
  const taker = new ModuleTaker()
  await taker.init()
  return taker.module as CompiledModule
}

/** A libzstd with memory of its own, which is given back with it. */
export async function newZstd(): Promise<ZstdExports> {
  module ??= loadModule()
  const env = { emscripten_notify_memory_growth: () => undefined }
  const instance = await WebAssembly.instantiate(await module, { env })
  return instance.exports as ZstdExports
}
