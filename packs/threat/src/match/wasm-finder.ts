import type { CompiledRules } from './compiled-rules.ts'
import { fingerprints } from './fingerprints.ts'
import { bytesOf, fieldTables, type LiteralTable } from './literal-table.ts'
import type { Literal } from './literal-trie.ts'
import type { Finder } from './scan-kit.ts'
import { FOREIGN, isKind, NUMBER, TO_DECODE } from './spans.ts'
import { FOLD, piecesOf } from './substring-filter.ts'
import { foldedBytes } from './value-text.ts'
import type { WasmGround } from './wasm-ground.ts'
import type { WasmHeap } from './wasm-heap.ts'

/** Path number that stands for "any value": keywords. */
const KEYWORDS = 0
/** What may stand in a number as it is sought. */
const NUMERIC = /^[-+.\de]*$/

/** Finds literals in WebAssembly: lays its tables out in the scanner's memory as packs/threat/wasm/find.ts reads them. */
export class WasmFinder implements Finder {
  readonly found: Int32Array
  readonly announced: Int32Array
  readonly tableBytes: number
  readonly #kit: WasmGround
  readonly #evaluator: number
  readonly #hasKeywords: boolean
  /** Kinds of values in which a keyword may stand that the filter does not see in the line. */
  readonly #hiding: number
  /** By path: whether anything is sought in it. */
  readonly #sought: readonly boolean[]

  constructor({ predicates, rules, rulesOf, literals, keywords, fieldsOfPath }: CompiledRules, kit: WasmGround) {
    const { heap } = kit
    const placed = literals.map((each) => placeField(heap, each))
    const ofKeywords = placeField(heap, keywords)
    const lists = fieldsOfPath.map((fields) => fields.flatMap((field) => placed[field]?.at ?? []))
    this.#kit = kit
    this.#hasKeywords = keywords.length > 0
    this.#hiding = (1 << FOREIGN) | (keywords.some(({ text }) => NUMERIC.test(text)) ? 1 << NUMBER : 0)
    this.#sought = lists.map((list) => list.length > 0)
    this.found = kit.stamps(predicates.length)
    this.announced = heap.words(heap.take(4 * rules.length), rules.length)
    this.tableBytes = [...placed, ofKeywords].reduce((sum, each) => sum + (each?.bytes ?? 0), 0)
    this.#evaluator = heap.put(
      Int32Array.of(
        heap.put(Int32Array.from(lists, (list) => heap.putList(list))),
        this.found.byteOffset,
        heap.put(Int32Array.from(rulesOf, (list) => heap.putList(list))),
        kit.stamps(rules.length).byteOffset,
        this.announced.byteOffset,
        ofKeywords ? heap.putList([ofKeywords.at]) : 0,
        placeFilter(heap, keywords),
      ),
    )
  }

  find(event: number): number {
    const { heap, lineAt, lineEnd, spans } = this.#kit
    const whole = heap.module.find(this.#evaluator, event, lineAt, lineEnd) !== 0
    if ((spans.met & TO_DECODE) !== 0) this.#findDecoded(whole)
    return heap.module.announcedRules()
  }

  /** Values that the scanner leaves to the host: it decodes them and hands them in. */
  #findDecoded(whole: boolean): void {
    const { spans } = this.#kit
    for (let span = 0; span < spans.count; span += 1) {
      const kind = spans.kinds[span] as number
      if (!isKind(TO_DECODE, kind)) continue
      const path = spans.paths[span] as number
      const sought = path > 0 && this.#sought[path] === true
      const mayBeKeyword = this.#hasKeywords && (whole || isKind(this.#hiding, kind))
      if (sought || mayBeKeyword) this.#findIn(span, sought ? path : KEYWORDS, mayBeKeyword)
    }
  }

  #findIn(span: number, path: number, mayBeKeyword: boolean): void {
    const { heap, spans, valueAt } = this.#kit
    const [from, to, kind] = [spans.starts[span] as number, spans.ends[span] as number, spans.kinds[span] as number]
    const end = this.#kit.placeValue(foldedBytes(spans.bytes, { from, to, kind }))
    heap.module.findIn(this.#evaluator, path, valueAt, end)
    if (mayBeKeyword && path !== KEYWORDS) heap.module.findIn(this.#evaluator, KEYWORDS, valueAt, end)
  }
}

interface Placed {
  readonly at: number
  readonly bytes: number
}

function placeField(heap: WasmHeap, literals: readonly Literal[]): Placed | undefined {
  if (literals.length === 0) return undefined
  const tables = fieldTables(literals)
  const { atStart, atEnd, anywhere, empty } = tables
  const places = [atStart, atEnd, anywhere].map((table) => (table ? placeTable(heap, table) : 0))
  return { at: heap.put(Int32Array.of(...places, heap.putList(empty))), bytes: bytesOf(tables) }
}

/** A finding is two lists: ids found on reaching a state, ids found if the value ends there. */
function placeTable(heap: WasmHeap, { cells, denseEnd, classOf, classes, findings }: LiteralTable): number {
  const lists = findings.flatMap(({ reached, ended }) => [heap.putList(reached), heap.putList(ended)])
  const fields = Int32Array.of(heap.put(cells), denseEnd, classes, heap.put(Int32Array.from(lists)))
  const at = heap.take(fields.byteLength + classOf.length)
  heap.bytes.set(bytesAt(fields), at)
  heap.bytes.set(classOf, at + fields.byteLength)
  return at
}

/** The filter of packs/threat/wasm/filter.ts; 0 where nothing can be told beforehand. */
function placeFilter(heap: WasmHeap, keywords: readonly Literal[]): number {
  const pieces = piecesOf(keywords.map(({ text }) => text))
  if (!pieces) return 0
  const { tables, offsets } = fingerprints(pieces)
  const places = pieces.map((piece, i) =>
    heap.put(Buffer.concat([bytesAt(Int32Array.of(offsets[i] as number, piece.length)), piece])),
  )
  return heap.put(Buffer.concat([tables, bytesAt(Int32Array.of(heap.putList(places))), FOLD]))
}

const bytesAt = ({ buffer, byteOffset, byteLength }: Int32Array | Uint8Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength)
