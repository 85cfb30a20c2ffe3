import type { Spans } from './spans.ts'
import type { WasmHeap } from './wasm-heap.ts'

/** What a finder in WebAssembly stands on: the memory, and where the line and one decoded value are in it. */
export interface WasmGround {
  readonly heap: WasmHeap
  readonly spans: Spans
  readonly lineAt: number
  readonly lineEnd: number
  readonly valueAt: number
  /** Puts one decoded value where literals can be sought in it: its end. */
  placeValue(value: Uint8Array): number
  stamps(length: number): Int32Array
}
