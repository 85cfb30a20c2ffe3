import { fromUtf8, utf8 } from '@dengta/kernel'
import { leafHash, rootOf, rootOfHashes } from './tree-hash.ts'
import { inclusionProof } from './tree-proof.ts'
import { verifyInclusion } from './verify-proof.ts'

/** A line of a sealed file with its way to the tree head over all its lines (RFC 9162), from the leaf up. */
export interface LineProof {
  readonly line: string
  readonly index: number
  readonly size: number
  readonly path: readonly Uint8Array[]
}

/** Tree head over the lines of a file, without their line ends. */
export function rootOfLines(lines: readonly string[]): Uint8Array {
  return rootOf(lines.map((line) => utf8(line)))
}

/** The line of an NDJSON file whose `id` is this one; undefined where the file does not hold it. */
export function proveLine(file: Uint8Array, id: string): LineProof | undefined {
  const lines = fromUtf8(file).trimEnd().split('\n')
  const index = lines.findIndex((line) => (JSON.parse(line) as { id?: unknown }).id === id)
  const line = lines[index]
  if (line === undefined) return undefined
  const leaves = lines.map((each) => leafHash(utf8(each)))
  const path = inclusionProof(lines.length, index, (level, place) =>
    rootOfHashes(leaves.slice(place * 2 ** level, (place + 1) * 2 ** level)),
  )
  return { line, index, size: lines.length, path }
}

/** Checks a line against a tree head, with nothing else at hand. */
export function checkLine({ line, index, size, path }: LineProof, root: Uint8Array): boolean {
  return verifyInclusion({ size, index, leaf: leafHash(utf8(line)), root, proof: path })
}
