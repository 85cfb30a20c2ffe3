/**
 * Solves A x = b for a symmetric positive definite A of size n x n, row-major; only its lower half is read.
 * Throws RangeError where A is not positive definite.
 */
export function solveCholesky(a: Float64Array, b: Float64Array): Float64Array {
  const factor = factorise(a, b.length)
  return backward(factor, forward(factor, b))
}

/** Lower triangle L with L * L^T = A. */
function factorise(a: Float64Array, n: number): Float64Array {
  const factor = new Float64Array(n * n)
  for (let i = 0; i < n; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let sum = a[i * n + j]!
      for (let k = 0; k < j; k += 1) sum -= factor[i * n + k]! * factor[j * n + k]!
      if (i === j && !(sum > 0)) throw new RangeError('the matrix is not positive definite')
      factor[i * n + j] = i === j ? Math.sqrt(sum) : sum / factor[j * n + j]!
    }
  }
  return factor
}

function forward(factor: Float64Array, b: Float64Array): Float64Array {
  const n = b.length
  const out = b.slice()
  for (let i = 0; i < n; i += 1) {
    for (let k = 0; k < i; k += 1) out[i]! -= factor[i * n + k]! * out[k]!
    out[i]! /= factor[i * n + i]!
  }
  return out
}

function backward(factor: Float64Array, b: Float64Array): Float64Array {
  const n = b.length
  const out = b.slice()
  for (let i = n - 1; i >= 0; i -= 1) {
    for (let k = i + 1; k < n; k += 1) out[i]! -= factor[k * n + i]! * out[k]!
    out[i]! /= factor[i * n + i]!
  }
  return out
}
