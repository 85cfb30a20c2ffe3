import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { houseRoot } from '@dengta/store'
import { expect, test } from 'vitest'
import { linearModel } from './linear-format.ts'
import { OPERATORS } from './onnx-operators.ts'
import { treeModel } from './tree-format.ts'

const page = readFileSync(join(houseRoot(), 'docs/reference/models.md'), 'utf8')

test('the page lists exactly the operators that the check allows', () => {
  const lists = page.split('\n').filter((line) => /^(`\w+` ?)+$/.test(line))
  const told = lists.map((line) => line.replaceAll('`', '').split(' '))
  expect(told).toEqual(Object.values(OPERATORS).map((names) => [...names]))
})

test('the examples of the page are models', () => {
  const [linear, trees] = Array.from(page.matchAll(/```json\n([^`]+)```/g), ([, json]) => JSON.parse(json!))
  expect(linearModel.parse(linear).format).toBe('dengta-linear/v1')
  expect(treeModel.parse(trees).format).toBe('dengta-trees/v1')
})
