import { base64, fromHex, hex, utf8 } from '@dengta/kernel'
import { describe, expect, test } from 'vitest'
import { EMPTY_ROOT, leafHash, nodeHash, rootOf } from './tree-hash.ts'
import {
  appendNodes,
  appendReads,
  floorLog2,
  type HashAt,
  hashesAt,
  rootFrom,
  rootNodes,
  type StoredNode,
} from './tree-nodes.ts'
import { consistencyNodes, consistencyProof, inclusionNodes, inclusionProof } from './tree-proof.ts'
import { verifyConsistency, verifyInclusion } from './verify-proof.ts'

const SIZES = Array.from({ length: 65 }, (_, size) => size)
const leaves = SIZES.map((i) => leafHash(utf8(`leaf ${i}`)))

/** The log as it is kept: every complete node, and the root of every size. */
function grow(): { nodes: StoredNode[]; roots: Uint8Array[] } {
  const nodes: StoredNode[] = []
  const roots = [EMPTY_ROOT]
  leaves.forEach((leaf, size) => {
    nodes.push(...appendNodes(size, leaf, hashesAt(nodes)))
    roots.push(rootFrom(size + 1, hashesAt(nodes)))
  })
  return { nodes, roots }
}

const { nodes, roots } = grow()
const hashAt: HashAt = hashesAt(nodes)
const rootAt = (size: number) => roots[size]!

/** A second reading of RFC 6962 §2.1, as recursive as the text. */
function mth(entries: readonly Uint8Array[]): Uint8Array {
  if (entries.length === 0) return EMPTY_ROOT
  if (entries.length === 1) return leafHash(entries[0]!)
  let k = 1
  while (k * 2 < entries.length) k *= 2
  return nodeHash(mth(entries.slice(0, k)), mth(entries.slice(k)))
}

function flipped(hash: Uint8Array, bit: number): Uint8Array {
  const copy = Uint8Array.from(hash)
  copy[bit >> 3]! ^= 1 << (bit & 7)
  return copy
}

describe('known vectors (certificate-transparency, merkle_tree_test)', () => {
  const entries = [
    '',
    '00',
    '10',
    '2021',
    '3031',
    '40414243',
    '5051525354555657',
    '606162636465666768696a6b6c6d6e6f',
  ].map(fromHex)
  const expected = [
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ]

  test('roots of the trees of 0 to 8 leaves', () => {
    const got = expected.map((_, size) => hex(rootOf(entries.slice(0, size))))
    expect(got).toEqual(expected)
  })

  test('the inclusion proof of leaf 5 in 8, and the consistency proof from 6 to 8', () => {
    const stored: StoredNode[] = []
    entries.forEach((entry, i) => {
      stored.push(...appendNodes(i, leafHash(entry), hashesAt(stored)))
    })
    const at = hashesAt(stored)
    expect(inclusionProof(8, 5, at).map(hex)).toEqual([
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ])
    expect(consistencyProof(6, 8, at).map(hex)).toEqual([
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ])
  })
})

describe('the stored nodes', () => {
  test('roots are those of the plain definition, for every size to 65', () => {
    const entries = leaves.map((_, i) => utf8(`leaf ${i}`))
    for (let size = 0; size <= 65; size += 1) {
      expect(base64(rootAt(size))).toBe(base64(mth(entries.slice(0, size))))
      expect(base64(rootOf(entries.slice(0, size)))).toBe(base64(rootAt(size)))
    }
  })

  test('the listed nodes are exactly those that are read', () => {
    for (const size of SIZES.slice(1)) {
      expect(readBy((at) => rootFrom(size, at))).toEqual(rootNodes(size))
      expect(readBy((at) => appendNodes(size, leaves[size]!, at))).toEqual(appendReads(size))
      for (let index = 0; index < size; index += 1) {
        expect(readBy((at) => inclusionProof(size, index, at))).toEqual(inclusionNodes(size, index))
        expect(readBy((at) => consistencyProof(index, size, at))).toEqual(consistencyNodes(index, size))
      }
    }
  })

  test('a missing node is named', () => {
    expect(() => rootFrom(3, hashesAt([]))).toThrow(expect.objectContaining({ code: 'evidence.node_missing' }))
  })

  test('the base-two logarithm is exact next to large powers of two', () => {
    expect([1, 2, 3, 2 ** 48 - 1, 2 ** 48, 2 ** 53 - 1].map(floorLog2)).toEqual([0, 1, 1, 47, 48, 52])
  })

  test('places outside the tree are refused', () => {
    const outside = expect.objectContaining({ code: 'evidence.tree_range' })
    for (const index of [-1, 5, 0.5, Number.NaN]) expect(() => inclusionNodes(5, index)).toThrow(outside)
    for (const old of [-1, 6, 0.5, Number.NaN]) expect(() => consistencyNodes(old, 5)).toThrow(outside)
  })
})

describe('inclusion, all sizes to 64', () => {
  const claims = SIZES.flatMap((size) =>
    SIZES.slice(0, size).map((index) => ({
      size,
      index,
      leaf: leaves[index]!,
      root: rootAt(size),
      proof: inclusionProof(size, index, hashAt),
    })),
  )

  test('every proof verifies', () => {
    expect(claims.filter((claim) => !verifyInclusion(claim))).toEqual([])
    expect(claims).toHaveLength((64 * 65) / 2)
  })

  test('no proof verifies at another index', () => {
    for (const claim of claims)
      for (let index = -1; index <= claim.size; index += 1)
        if (index !== claim.index) expect(verifyInclusion({ ...claim, index })).toBe(false)
  })

  test('no proof verifies with a wrong leaf, root, sibling or length', () => {
    for (const claim of claims) {
      const wrong = [
        { ...claim, leaf: flipped(claim.leaf, 0) },
        { ...claim, leaf: claim.leaf.subarray(1) },
        { ...claim, root: flipped(claim.root, 255) },
        { ...claim, proof: [...claim.proof, claim.leaf] },
        ...claim.proof.flatMap((hash, i) => [
          { ...claim, proof: claim.proof.with(i, flipped(hash, (i * 37) % 256)) },
          { ...claim, proof: claim.proof.with(i, hash.subarray(0, 31)) },
          { ...claim, proof: claim.proof.toSpliced(i, 1) },
        ]),
      ]
      expect(wrong.filter(verifyInclusion)).toEqual([])
    }
  })
})

describe('consistency, all pairs to 64', () => {
  const claims = SIZES.flatMap((newSize) =>
    SIZES.slice(0, newSize + 1).map((oldSize) => ({
      oldSize,
      newSize,
      oldRoot: rootAt(oldSize),
      newRoot: rootAt(newSize),
      proof: consistencyProof(oldSize, newSize, hashAt),
    })),
  )

  test('every proof verifies', () => {
    expect(claims.filter((claim) => !verifyConsistency(claim))).toEqual([])
    expect(claims).toHaveLength((65 * 66) / 2)
  })

  test('no proof verifies with a wrong root, sibling or length', () => {
    for (const claim of claims) {
      const wrong = [
        { ...claim, oldRoot: flipped(claim.oldRoot, 3) },
        ...(claim.oldSize === 0 ? [] : [{ ...claim, newRoot: flipped(claim.newRoot, 200) }]),
        { ...claim, proof: [...claim.proof, claim.newRoot] },
        ...claim.proof.flatMap((hash, i) => [
          { ...claim, proof: claim.proof.with(i, flipped(hash, (i * 53) % 256)) },
          { ...claim, proof: claim.proof.with(i, hash.subarray(0, 31)) },
          { ...claim, proof: claim.proof.toSpliced(i, 1) },
        ]),
      ]
      expect(wrong.filter(verifyConsistency)).toEqual([])
    }
  })

  test('no proof verifies for a tree that shrank or for sizes that are not counts', () => {
    const [root] = [rootAt(4)]
    const claim = { oldSize: 4, newSize: 3, oldRoot: root, newRoot: root, proof: [] }
    expect(verifyConsistency(claim)).toBe(false)
    expect(verifyConsistency({ ...claim, oldSize: Number.NaN })).toBe(false)
    expect(verifyConsistency({ ...claim, oldSize: -1 })).toBe(false)
  })
})

function readBy(act: (at: HashAt) => unknown): { level: number; index: number }[] {
  const read: { level: number; index: number }[] = []
  act((level, index) => {
    read.push({ level, index })
    return hashAt(level, index)
  })
  return read
}
