/** A small definition for tests: two features, a year, delayed feedback. */
export const SAMPLE_YAML = `benchmark: sample
title: { en: Sample, zh: 示例 }
task: regression
columns:
  - { name: year, unit: '1', kind: number, use: period, range: [2000, 2100] }
  - { name: a, unit: °C, kind: number, use: feature, range: [-10, 40] }
  - { name: b, unit: mbar, kind: number, use: feature }
  - { name: y, unit: mg/m3, kind: number, use: target, range: [0, 1000] }
split: { kind: time, column: year, openUntil: 2012 }
hidden: all
reference: { delayRows: 1, windowRows: 2 }
metric: r2
guards: [mae]
acceptance: { threshold: 0.5, worstGroupFloor: 0.3 }
interval: { level: 0.95, resamples: 200, blockRows: 1, seed: 1 }
minimumPartRows: 5
leak: { exactVectors: 0, nearShare: 0.01, nearDistance: 0.001 }
forms: [linear, trees]
limits: { modelBytes: 1000000, wallSeconds: 10, memoryBytes: 1000000000 }
queryBudget: 5
`
