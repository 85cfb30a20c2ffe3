import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { houseRoot } from '@dengta/store'
import type { ModelForm } from '../model/predict-model.ts'
import { SCORING } from '../scoring/score.ts'

/** Names what made a result, e.g. `dengta-0.1.0 scoring-2 node-20 onnxruntime-1.24.3`: the same engine replays to equal bytes. */
export function engineName(form: ModelForm): string {
  const house = `dengta-${versionIn('package.json')} scoring-${SCORING} node-${process.versions.node.split('.')[0]}`
  return form === 'onnx' ? `${house} onnxruntime-${versionIn('node_modules/onnxruntime-node/package.json')}` : house
}

function versionIn(file: string): string {
  return JSON.parse(readFileSync(join(houseRoot(), file), 'utf8')).version
}
