import { defineErrors } from '@dengta/kernel'

/** Failures around a benchmark as a whole; for its file see `definitionErrors`. */
export const benchmarkErrors = defineErrors('benchmark', {
  missing: {
    kind: 'not_found',
    en: 'there is no benchmark {id}; `dengta benchmark list` shows all',
    zh: '没有基准 {id}；可用 `dengta benchmark list` 查看全部',
  },
  exists: {
    kind: 'conflict',
    en: 'a benchmark {id} is already defined and does not change; choose another name for a new definition',
    zh: '基准 {id} 已存在且不可更改；新的定义请换一个名称',
  },
  unknown_scenario: {
    kind: 'not_found',
    en: 'there is no scenario {scenario}; state it first',
    zh: '没有场景 {scenario}；请先陈述该场景',
  },
  not_your_scenario: {
    kind: 'forbidden',
    en: 'the scenario {scenario} belongs to another owner; only its owner may attach a benchmark',
    zh: '场景 {scenario} 属于其他所有者；只有其所有者可以关联基准',
  },
})
