import { inclusionProof, leafHash, rootOf, rootOfHashes, verifyInclusion } from '@dengta/evidence'
import { canonicalJson, fromUtf8, utf8 } from '@dengta/kernel'
import type { GroupBody } from './group-rows.ts'

/** One decision as a line of a sealed file: what was decided, of what, and why. */
export function decisionLine(id: string, network: string, model: string, { group, decision }: GroupBody): string {
  const plain = JSON.parse(JSON.stringify({ id, network, model, group, decision }))
  return canonicalJson(plain)
}

/** Tree head (RFC 9162) over the lines of a file, without their line ends. */
export function rootOfLines(lines: readonly string[]): Uint8Array {
  return rootOf(lines.map((line) => utf8(line)))
}

export interface DecisionProof {
  readonly line: string
  readonly index: number
  readonly size: number
  readonly path: readonly Uint8Array[]
}

/** The line of a group with its way to the tree head; undefined where the file does not hold it. */
export function proveDecision(file: Uint8Array, group: string): DecisionProof | undefined {
  const lines = fromUtf8(file).trimEnd().split('\n')
  const index = lines.findIndex((line) => (JSON.parse(line) as { id?: unknown }).id === group)
  const line = lines[index]
  if (line === undefined) return undefined
  const leaves = lines.map((each) => leafHash(utf8(each)))
  const path = inclusionProof(lines.length, index, (level, place) =>
    rootOfHashes(leaves.slice(place * 2 ** level, (place + 1) * 2 ** level)),
  )
  return { line, index, size: lines.length, path }
}

/** Checks a line against the tree head of a record, with nothing else at hand. */
export function checkDecision({ line, index, size, path }: DecisionProof, root: Uint8Array): boolean {
  return verifyInclusion({ size, index, leaf: leafHash(utf8(line)), root, proof: path })
}
