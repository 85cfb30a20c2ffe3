import type { ModelTask } from '../model/model-task.ts'
import type { ModelForm } from '../model/predict-model.ts'

/** What the house tells the runner, as its one argument (JSON). It names no label and no hidden value. */
export interface RunTask {
  readonly form: ModelForm
  readonly asked: ModelTask
  readonly orderSeed: number
}

/** How the runner says that the answer of a model has the wrong number of values. */
export const EXIT_WRONG_SHAPE = 3
