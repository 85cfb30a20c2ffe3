import { modelInputs } from '../benchmark/benchmark.ts'
import { readDefinition } from '../benchmark/read-definition.ts'
import { exportOnnx } from '../model/onnx-export.ts'
import { openTrainingSet } from './open-training-set.ts'
import { type BaselineKind, modelFile, trainModel } from './train-baseline.ts'
import { trainingErrors } from './training-errors.ts'

export interface TrainFromOpenRowsOptions {
  /** The definition of the benchmark as YAML. */
  readonly definition: string
  /** The open part as CSV, as it may be downloaded. */
  readonly openRows: Uint8Array
  readonly kind: BaselineKind
  /** The kind's own format, or `onnx`, which carries both. */
  readonly form: 'linear' | 'trees' | 'onnx'
  readonly seed: number
}

/** A baseline, ready to be handed in, from nothing but what a developer gets. Throws `training.*` and the errors of the definition. */
export async function trainFromOpenRows(options: TrainFromOpenRowsOptions): Promise<Uint8Array<ArrayBuffer>> {
  const { kind, form, seed } = options
  const own = kind === 'linear' ? 'linear' : 'trees'
  if (form !== 'onnx' && form !== own) throw trainingErrors.wrong_form({ kind, form, own })
  const definition = readDefinition(options.definition)
  const training = await openTrainingSet(definition, piecesOf(options.openRows))
  const model = trainModel({ definition, training, kind, seed })
  return form === 'onnx' ? new Uint8Array(exportOnnx(model, modelInputs(definition))) : modelFile(model)
}

async function* piecesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
