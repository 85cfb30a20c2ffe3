import { checkHead } from './model-head.ts'
import type { ModelTask } from './model-task.ts'
import { parseJson } from './parse-json.ts'
import { checkTrees } from './tree-check.ts'
import { type TreeModel, treeModel } from './tree-format.ts'

/** Reads and checks a model file; throws `model.*`. */
export function parseTreeModel(bytes: Uint8Array, asked: ModelTask): TreeModel {
  const model = parseJson(bytes, treeModel)
  checkHead(model, asked)
  const outputs = model.task === 'classification' ? model.classes.length : 1
  checkTrees(model, outputs)
  return model
}
