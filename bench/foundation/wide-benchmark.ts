import type { Client } from '@dengta/sdk'

export const WIDE = 'wide-surface'
const INPUTS = 9

/** 20,000 made-up rows of 9 features; half are hidden, so that one scoring reads 10,000 rows. */
export async function openWideBenchmark(clientOf: (participant?: string) => Client): Promise<void> {
  await clientOf().addParticipant({ id: 'wide-owner', name: 'Wide Owner', roles: ['owner'] })
  await clientOf().addParticipant({ id: 'wide-dev', name: 'Wide Developer', roles: ['developer'] })
  const owner = clientOf('wide-owner')
  await owner.defineBenchmark({ file: definition() })
  await owner.sealData(
    WIDE,
    { origin: 'simulated', licence: 'Apache-2.0', source: 'made by a benchmark' },
    new TextEncoder().encode(rows(20_000)),
  )
}

function definition(): string {
  const features = Array.from(
    { length: INPUTS },
    (_, i) => `  - { name: x${i}, unit: V, kind: number, use: feature, range: [-2, 2] }`,
  )
  return `
benchmark: ${WIDE}
title: { en: A surface over nine inputs, zh: 九维曲面 }
task: regression
columns:
  - { name: part, unit: "1", kind: category, use: part, values: [open, hidden] }
${features.join('\n')}
  - { name: y, unit: V, kind: number, use: target, range: [-100, 100] }
split: { kind: published, column: part, hidden: hidden }
hidden: target
metric: r2
guards: [mae]
acceptance: { threshold: 0.5, worstGroupFloor: 0.3 }
interval: { level: 0.95, resamples: 1000, blockRows: 1, seed: 7 }
minimumPartRows: 20
leak: { exactVectors: 0, nearShare: 1, nearDistance: 0.000001 }
forms: [trees, onnx]
limits: { modelBytes: 50000000, wallSeconds: 20, memoryBytes: 1073741824 }
queryBudget: 100000
`
}

function rows(count: number): string {
  const lines = [`part,${Array.from({ length: INPUTS }, (_, i) => `x${i}`).join(',')},y`]
  for (let row = 0; row < count; row += 1) {
    const x = Array.from({ length: INPUTS }, (_, i) => Math.sin(row * (1.1 + i * 0.37) + i) * 1.9)
    const y = 3 * (x[0] ?? 0) + (x[1] ?? 0) * (x[2] ?? 0) + Math.sin(row * 0.7)
    lines.push([row % 2 === 0 ? 'open' : 'hidden', ...x.map((value) => value.toFixed(6)), y.toFixed(6)].join(','))
  }
  return lines.join('\n')
}
