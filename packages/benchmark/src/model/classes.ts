import { modelErrors } from './model-errors.ts'

/** For each class of the model its number in the benchmark; throws unless both list the same classes. */
export function classOrder(own: readonly string[], asked: readonly string[]): Int32Array {
  const same = own.length === asked.length && asked.every((label) => own.includes(label))
  if (!same) throw modelErrors.classes_differ({ expected: asked.join(', ') })
  return Int32Array.from(own, (label) => asked.indexOf(label))
}

/** The class with the highest score in each row; the first of equals. `scores[row * classes + class]`. */
export function highestClass(scores: Float64Array, order: Int32Array): Float64Array {
  const classes = order.length
  const out = new Float64Array(scores.length / classes)
  for (let row = 0; row < out.length; row += 1) {
    let best = 0
    for (let k = 1; k < classes; k += 1) if (scores[row * classes + k]! > scores[row * classes + best]!) best = k
    out[row] = Number.isNaN(scores[row * classes + best]) ? Number.NaN : order[best]!
  }
  return out
}
