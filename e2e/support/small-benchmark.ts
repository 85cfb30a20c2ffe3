import type { Client } from '@dengta/sdk'

export const SMALL = 'small-line'

/** A benchmark of 400 made-up rows, y = 2 x + a fixed pattern; every value has nine decimals, so that it is known wherever it turns up. */
export const smallBenchmarkFile = `
benchmark: ${SMALL}
title: { en: A line with noise, zh: 带噪声的直线 }
task: regression
columns:
  - { name: row, unit: "1", kind: number, use: ignored }
  - { name: x, unit: V, kind: number, use: feature, range: [-10, 10] }
  - { name: y, unit: V, kind: number, use: target, range: [-30, 30] }
split: { kind: random, hiddenShare: 0.5, salt: small-line-salt }
hidden: target
metric: r2
guards: [mae]
acceptance: { threshold: 0.5, worstGroupFloor: 0.3 }
interval: { level: 0.95, resamples: 200, blockRows: 1, seed: 7 }
minimumPartRows: 20
leak: { exactVectors: 0, nearShare: 1, nearDistance: 0.000001 }
forms: [linear, trees, onnx, predictions]
limits: { modelBytes: 1000000, wallSeconds: 10, memoryBytes: 536870912 }
queryBudget: 1000000
`

export function smallCsv(rows = 400): string {
  const lines = Array.from({ length: rows }, (_, i) => {
    const x = ((i * 37) % 400) / 25 - 8 + Math.cos(i) / 100
    return `${i},${x.toFixed(9)},${(2 * x + Math.sin(i * 1.7)).toFixed(9)}`
  })
  return ['row,x,y', ...lines].join('\n')
}

/** Registers an owner and a developer and seals the small benchmark. */
export async function openSmallBenchmark(clientOf: (participant?: string) => Client): Promise<void> {
  await clientOf().addParticipant({ id: 'small-owner', name: 'Small Owner', roles: ['owner'] })
  await clientOf().addParticipant({ id: 'small-dev', name: 'Small Developer', roles: ['developer'] })
  const owner = clientOf('small-owner')
  await owner.defineBenchmark({ file: smallBenchmarkFile })
  const csv = new TextEncoder().encode(smallCsv())
  await owner.sealData(SMALL, { origin: 'simulated', licence: 'Apache-2.0', source: 'made by a test' }, csv)
}
