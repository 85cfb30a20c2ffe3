import { selectRows } from './scored-rows.ts'

/** Row = true class, column = predicted class, row-major, `classes` * `classes` counts. */
export function confusionMatrix(truth: Float64Array, predicted: Float64Array, classes: number): Int32Array {
  selectRows({ metric: 'accuracy', truth, predicted, classes })
  const counts = new Int32Array(classes * classes)
  for (let row = 0; row < truth.length; row += 1) counts[truth[row]! * classes + predicted[row]!]! += 1
  return counts
}
