import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { houseRoot } from '@dengta/store'

const PAGE = 65_536
/** Memory is reserved once and never grows, so that views stay valid; pages that nobody touches cost nothing. */
const PAGES = 4096

/** The part of the WebAssembly interface that is used; the types of Node 20 leave it out. */
interface WasmMemory {
  readonly buffer: ArrayBuffer
}
declare const WebAssembly: {
  readonly Memory: new (pages: { initial: number; maximum: number }) => WasmMemory
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown }
}

/** What packs/threat/wasm exports. Places are bytes from the start of the memory. */
export interface ScanModule {
  heapBase(): number
  placeKeys(at: number, size: number): void
  addKey(parent: number, name: number, length: number, child: number): void
  placeSpans(paths: number, starts: number, ends: number, kinds: number, capacity: number): void
  placePaths(seenIn: number, firstSpan: number, nodeIn: number, scratch: number): void
  placeScratch(at: number): void
  placeMemo(at: number, size: number): void
  scan(from: number, to: number, event: number): number
  kindsMet(): number
  find(evaluator: number, event: number, from: number, to: number): number
  findIn(evaluator: number, path: number, from: number, to: number): void
  announcedRules(): number
}

/** The scanner's memory, handed out from its start; nothing is given back. */
export class WasmHeap {
  readonly module: ScanModule
  readonly bytes: Uint8Array
  readonly #buffer: ArrayBuffer
  #used: number

  private constructor(module: ScanModule, memory: WasmMemory) {
    this.module = module
    this.#buffer = memory.buffer
    this.bytes = new Uint8Array(memory.buffer)
    this.#used = module.heapBase()
  }

  /** Undefined where the module was not built or the machine cannot run it. */
  static open(): WasmHeap | undefined {
    const file = join(houseRoot(), 'dist', 'threat-scan.wasm')
    if (!existsSync(file)) return undefined
    try {
      const memory = new WebAssembly.Memory({ initial: PAGES, maximum: PAGES })
      const { exports } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(file)), { env: { memory } })
      return new WasmHeap(exports as ScanModule, memory)
    } catch {
      return undefined
    }
  }

  /** The place of so many zeroed bytes. Throws RangeError where the memory is full. */
  take(length: number): number {
    const at = (this.#used + 15) & ~15
    if (at + length > PAGES * PAGE) throw new RangeError('the memory of the scanner is full')
    this.#used = at + length
    return at
  }

  /** 32-bit numbers at a place that `take` gave. */
  words(at: number, count: number): Int32Array {
    return new Int32Array(this.#buffer, at, count)
  }

  put(values: Int32Array | Uint16Array | Uint8Array): number {
    const at = this.take(values.byteLength)
    this.bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at)
    return at
  }

  /** How many, then the numbers; 0 for an empty list. */
  putList(ids: ArrayLike<number>): number {
    return ids.length === 0 ? 0 : this.put(Int32Array.from([ids.length, ...Array.from(ids)]))
  }
}
