import type { CompiledRules } from './compiled-rules.ts'
import { EventScanner } from './event-scanner.ts'
import type { KeyTable } from './key-table.ts'
import { PlainFinder } from './plain-finder.ts'
import type { Finder, ScanKit, ScanOutcome } from './scan-kit.ts'

/** The hot steps in plain TypeScript: the twin of the WebAssembly kit, and what runs where that cannot. */
export class PlainKit implements ScanKit {
  readonly spans: EventScanner
  readonly seenIn: Int32Array
  readonly firstSpan: Int32Array
  readonly nodeIn: Int32Array
  readonly #stamps: Int32Array[] = []

  constructor(keys: KeyTable) {
    this.spans = new EventScanner(keys)
    this.seenIn = this.stamps(keys.size)
    this.firstSpan = new Int32Array(keys.size)
    this.nodeIn = this.stamps(keys.size)
  }

  scan(bytes: Uint8Array, { from, to }: { from: number; to: number }, event: number): ScanOutcome {
    const fault = this.spans.scan(bytes, from, to)
    if (fault) return fault
    const { count, paths, nodes } = this.spans
    for (const path of nodes) this.nodeIn[path] = event
    for (let span = 0; span < count; span += 1) {
      const path = paths[span] as number
      if (path <= 0 || this.seenIn[path] === event) continue
      this.seenIn[path] = event
      this.firstSpan[path] = span
    }
    return undefined
  }

  finderFor(compiled: CompiledRules): Finder {
    return new PlainFinder(compiled, this)
  }

  stamps(length: number): Int32Array {
    const stamps = new Int32Array(length)
    this.#stamps.push(stamps)
    return stamps
  }

  forget(): void {
    for (const stamps of this.#stamps) stamps.fill(0)
  }
}
