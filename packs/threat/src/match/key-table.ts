import { utf8 } from '@dengta/kernel'

/** Id of the event itself; every known path has an id above it. */
export const ROOT = 0
/** Id of a path that no rule asks for. */
export const UNKNOWN_PATH = -1

/** A step from a path to the one below it. */
export interface Edge {
  readonly parent: number
  readonly segment: Uint8Array
  readonly child: number
}

/**
 * Known paths of events by number. A path is found step by step, whether its dots are nesting or part of a name:
 * `id.orig_h` is one path for `{"id.orig_h":1}` and for `{"id":{"orig_h":1}}`.
 */
export class KeyTable {
  readonly #ids = new Map<string, number>()
  readonly #slots: Int32Array
  readonly #mask: number
  readonly #edges: Edge[] = []

  constructor(paths: Iterable<string>) {
    const wanted = new Set<string>()
    for (const path of paths) for (const prefix of prefixesOf(path)) wanted.add(prefix)
    for (const path of wanted) this.#ids.set(path, ROOT + 1 + this.#ids.size)
    for (const path of wanted) this.#addEdges(path)
    const size = 2 ** Math.ceil(Math.log2(4 * this.#edges.length + 2))
    this.#mask = size - 1
    this.#slots = new Int32Array(size).fill(-1)
    this.#edges.forEach((edge, index) => {
      let at = hashOf(edge.parent, edge.segment, 0, edge.segment.length) & this.#mask
      while (this.#slots[at] !== -1) at = (at + 1) & this.#mask
      this.#slots[at] = index
    })
  }

  /** Paths and the event itself. */
  get size(): number {
    return this.#ids.size + 1
  }

  /** Every step between known paths. */
  edges(): readonly Edge[] {
    return this.#edges
  }

  idOf(path: string): number {
    return this.#ids.get(path) ?? UNKNOWN_PATH
  }

  /** The path below `parent` whose name is these bytes. */
  child(parent: number, bytes: Uint8Array, from: number, to: number): number {
    let at = hashOf(parent, bytes, from, to) & this.#mask
    for (;;) {
      const index = this.#slots[at] as number
      if (index === -1) return UNKNOWN_PATH
      const edge = this.#edges[index] as Edge
      if (edge.parent === parent && sameBytes(edge.segment, bytes, from, to)) return edge.child
      at = (at + 1) & this.#mask
    }
  }

  #addEdges(path: string): void {
    const child = this.#ids.get(path) as number
    this.#edges.push({ parent: ROOT, segment: utf8(path), child })
    for (const prefix of prefixesOf(path).slice(0, -1)) {
      const parent = this.#ids.get(prefix) as number
      this.#edges.push({ parent, segment: utf8(path.slice(prefix.length + 1)), child })
    }
  }
}

/** `a.b.c` -> `a`, `a.b`, `a.b.c`. */
function prefixesOf(path: string): string[] {
  const segments = path.split('.')
  return segments.map((_, i) => segments.slice(0, i + 1).join('.'))
}

function hashOf(parent: number, bytes: Uint8Array, from: number, to: number): number {
  let hash = Math.imul(parent + 1, 0x9e3779b1)
  for (let i = from; i < to; i += 1) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193)
  return hash ^ (hash >>> 15)
}

function sameBytes(wanted: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (wanted.length !== to - from) return false
  for (let i = 0; i < wanted.length; i += 1) if (wanted[i] !== bytes[from + i]) return false
  return true
}
