import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { testFolder } from '../../pipeline/pipeline.fixture.ts'
import { readCorrelationFiles } from './correlation-rules.ts'

/** Two correlations a layer, each of which reads both of the layer before it: the ways through them double. */
function branching(layers: number): string {
  const documents = [
    'title: R\nid: r-0\nlogsource: {product: windows}\ndetection: {s: {A: b}, condition: s}\n',
    'title: R\nid: s-0\nlogsource: {product: windows}\ndetection: {s: {A: c}, condition: s}\n',
  ]
  for (let layer = 1; layer <= layers; layer += 1) {
    for (const id of ['r', 's']) {
      const section = `{type: event_count, rules: [r-${layer - 1}, s-${layer - 1}], timespan: 1m, condition: {gte: 1}}`
      documents.push(
        `title: C\nid: ${id}-${layer}\ncorrelation:\n  ${section.slice(1, -1).replaceAll(/, (?=[a-z]+:)/g, '\n  ')}\n`,
      )
    }
  }
  return documents.join('---\n')
}

test('correlations that branch beyond reason are refused as they are read, before any detector has their rules', async () => {
  const path = testFolder()
  writeFileSync(join(path, 'branching.yml'), branching(3))
  const { set } = await readCorrelationFiles({ path }, () => undefined)
  expect(set.correlations).toHaveLength(6)
  writeFileSync(join(path, 'branching.yml'), branching(17))
  await expect(readCorrelationFiles({ path }, () => undefined)).rejects.toMatchObject({
    code: 'threat_correlation.too_large',
  })
})
