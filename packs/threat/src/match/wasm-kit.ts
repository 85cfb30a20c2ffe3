import type { CompiledRules } from './compiled-rules.ts'
import { type KeyTable, ROOT } from './key-table.ts'
import type { Finder, ScanKit, ScanOutcome } from './scan-kit.ts'
import type { Spans } from './spans.ts'
import { WasmFinder } from './wasm-finder.ts'
import { WasmHeap } from './wasm-heap.ts'

/** Longest line and most values; more than that is for the twin. */
const LONGEST = 1 << 20
const MOST_VALUES = 1 << 16
/** Readable bytes behind a line: the scanner reads 16 at a time. */
const MARGIN = 64
/** Bytes of a decoded value for each byte of the line: one that is no UTF-8 becomes U+FFFD, which has three. */
const LARGEST_GROWTH = 3
const LINE_END = 10
/** Values whose findings are remembered, and the bytes of each (packs/threat/wasm/memo.ts). */
const MEMO_SLOTS = 1 << 13
const MEMO_SLOT = 256

const OUTCOMES: Readonly<Record<number, ScanOutcome>> = { '-1': 'not_json', '-2': 'too_deep', '-3': 'for_the_twin' }

/** The values of a line in the scanner's memory. */
class WasmSpans implements Spans {
  count = 0
  met = 0
  readonly bytes: Uint8Array
  readonly paths: Int32Array
  readonly starts: Int32Array
  readonly ends: Int32Array
  readonly kinds: Uint8Array

  constructor(heap: WasmHeap) {
    const [paths, starts, ends] = [0, 1, 2].map(() => heap.take(4 * MOST_VALUES)) as [number, number, number]
    const kinds = heap.take(MOST_VALUES)
    heap.module.placeSpans(paths, starts, ends, kinds, MOST_VALUES)
    this.bytes = heap.bytes
    this.paths = heap.words(paths, MOST_VALUES)
    this.starts = heap.words(starts, MOST_VALUES)
    this.ends = heap.words(ends, MOST_VALUES)
    this.kinds = heap.bytes.subarray(kinds, kinds + MOST_VALUES)
  }
}

/** The hot steps in WebAssembly with SIMD (packs/threat/wasm). */
export class WasmKit implements ScanKit {
  readonly heap: WasmHeap
  readonly spans: WasmSpans
  readonly seenIn: Int32Array
  readonly firstSpan: Int32Array
  readonly nodeIn: Int32Array
  /** Where the line stands, and room for one value that the host has decoded. */
  readonly lineAt: number
  readonly valueAt: number
  lineEnd = 0
  readonly #stamps: Int32Array[] = []

  private constructor(heap: WasmHeap, keys: KeyTable) {
    this.heap = heap
    this.spans = new WasmSpans(heap)
    placeKeys(heap, keys)
    this.seenIn = this.stamps(keys.size)
    this.firstSpan = heap.words(heap.take(4 * keys.size), keys.size)
    this.nodeIn = this.stamps(keys.size)
    this.lineAt = heap.take(LONGEST + MARGIN)
    this.valueAt = heap.take(LARGEST_GROWTH * LONGEST + MARGIN)
    const [seenIn, firstSpan, nodeIn] = [this.seenIn, this.firstSpan, this.nodeIn].map((each) => each.byteOffset)
    heap.module.placePaths(seenIn as number, firstSpan as number, nodeIn as number, this.valueAt)
    heap.module.placeScratch(this.valueAt)
    heap.module.placeMemo(heap.take(MEMO_SLOT * MEMO_SLOTS), MEMO_SLOTS)
  }

  /** Undefined where WebAssembly with SIMD is not to be had. */
  static open(keys: KeyTable): WasmKit | undefined {
    const heap = WasmHeap.open()
    return heap && new WasmKit(heap, keys)
  }

  scan(bytes: Uint8Array, { from, to }: { from: number; to: number }, event: number): ScanOutcome {
    if (to - from > LONGEST) return 'for_the_twin'
    const { heap, lineAt, spans } = this
    heap.bytes.set(bytes.subarray(from, to), lineAt)
    this.lineEnd = lineAt + to - from
    heap.bytes[this.lineEnd] = LINE_END
    const count = heap.module.scan(lineAt, this.lineEnd, event)
    if (count < 0) return OUTCOMES[count]
    spans.count = count
    spans.met = heap.module.kindsMet()
    return undefined
  }

  finderFor(compiled: CompiledRules): Finder {
    return new WasmFinder(compiled, this)
  }

  stamps(length: number): Int32Array {
    const stamps = this.heap.words(this.heap.take(4 * length), length)
    this.#stamps.push(stamps)
    return stamps
  }

  forget(): void {
    for (const stamps of this.#stamps) stamps.fill(0)
  }

  /** Puts one decoded value where literals can be sought in it: its end. */
  placeValue(value: Uint8Array): number {
    this.heap.bytes.set(value, this.valueAt)
    return this.valueAt + value.length
  }
}

const SLOT = 16
const BEHIND_NAME = 8

function placeKeys(heap: WasmHeap, keys: KeyTable): void {
  const edges = keys.edges()
  const size = 2 ** Math.ceil(Math.log2(4 * edges.length + 2))
  heap.module.placeKeys(heap.take(SLOT * size), size)
  for (const { parent, segment, child } of edges) {
    const name = heap.take(segment.length + BEHIND_NAME)
    heap.bytes.set(segment, name)
    heap.module.addKey(parent, name, segment.length, child)
  }
  if (edges.some(({ child }) => child === ROOT)) throw new Error('a path has the number of the event itself')
}
