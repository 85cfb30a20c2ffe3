import type { Matrix } from '../data-set/table.ts'

const HEADER_BYTES = 16
const MARK = 0x4d544744

/** Features as they lie in a file: mark, version, rows and columns as uint32, then float64 row by row; all little-endian. */
export function encodeMatrix(matrix: Matrix): Uint8Array {
  const out = new Uint8Array(HEADER_BYTES + matrix.values.byteLength)
  const head = new DataView(out.buffer)
  for (const [i, word] of [MARK, 1, matrix.rows, matrix.names.length].entries()) head.setUint32(i * 4, word, true)
  out.set(bytesOf(matrix.values), HEADER_BYTES)
  return out
}

/** Throws RangeError where the bytes are not a matrix with these columns. */
export function decodeMatrix(bytes: Uint8Array, names: readonly string[]): Matrix {
  const head = new DataView(bytes.buffer, bytes.byteOffset, HEADER_BYTES)
  const [mark, version, rows, columns] = [0, 4, 8, 12].map((at) => head.getUint32(at, true))
  if (mark !== MARK || version !== 1 || columns !== names.length) throw new RangeError('not the expected matrix file')
  const values = decodeNumbers(bytes.subarray(HEADER_BYTES))
  if (values.length !== rows! * columns) throw new RangeError('the matrix file is cut off')
  return { rows: rows!, names, values }
}

/** Float64 values as little-endian bytes, which is how every machine that Node runs on keeps them. */
export function bytesOf(values: Float64Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
}

/** The other way; copies, as the bytes may lie at an odd place. Throws RangeError on a broken length. */
export function decodeNumbers(bytes: Uint8Array): Float64Array {
  return new Float64Array(new Uint8Array(bytes).buffer)
}
