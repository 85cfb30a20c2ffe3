import type { AssembledLines } from './line-assembler.ts'

const LINE_END = 10

/** Leaves out the first lines of a stream: those that an earlier sending has brought already. */
export class LineSkipper {
  #left: number

  constructor(lines: number) {
    this.#left = lines
  }

  take(found: AssembledLines): AssembledLines {
    if (this.#left === 0 || found.lines === 0) return found
    const skipped = Math.min(this.#left, found.lines)
    this.#left -= skipped
    const joined = Buffer.concat(found.pieces)
    let from = 0
    for (let line = 0; line < skipped; line += 1) from = joined.indexOf(LINE_END, from) + 1
    const rest = joined.subarray(from)
    return { ...found, pieces: [rest], bytes: rest.length, lines: found.lines - skipped }
  }
}
