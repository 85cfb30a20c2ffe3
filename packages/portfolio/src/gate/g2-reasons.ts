import { reasonsOf } from './reason-table.ts'

/** G2: the data of a benchmark can be relied on. */
export const G2_REASONS = {
  'g2.requirement': {
    open: { met: 'yes', en: 'G1 of the scenario stands open', zh: '场景的 G1 已开放' },
    closed: {
      met: 'no',
      en: 'G1 of the scenario is closed; correct the requirement first',
      zh: '场景的 G1 已关闭；请先修正需求',
    },
    unproven: { met: 'unknown', en: 'G1 of the scenario is not proven', zh: '场景的 G1 未证实' },
  },
  'g2.criterion': {
    named: { met: 'yes', en: 'criterion {id} names this benchmark', zh: '验收准则 {id} 指定了该基准' },
    differs: {
      met: 'no',
      en: 'criterion {id} asks for {metric} ({direction}), the benchmark measures {measured} ({other}); make them agree',
      zh: '验收准则 {id} 要求 {metric}（{direction}），基准度量的却是 {measured}（{other}）；请保持一致',
    },
    none: {
      met: 'unknown',
      en: 'no acceptance criterion names this benchmark, so nothing says how many rows suffice',
      zh: '没有验收准则指定该基准，无从判断需要多少行',
    },
  },
  'g2.benchmark': {
    signed: {
      met: 'yes',
      en: 'the benchmark is defined and signed by {actor}',
      zh: '基准已由 {actor} 定义并签名',
    },
    other: {
      met: 'no',
      en: 'the benchmark is signed by {actor}, not by the owner {owner}',
      zh: '基准由 {actor} 签名，而不是所有方 {owner}',
    },
    missing: { met: 'unknown', en: 'no benchmark {benchmark} is on record', zh: '尚无基准 {benchmark} 的凭证' },
  },
  'g2.seal': {
    signed: {
      met: 'yes',
      en: 'the data set {dataset} is sealed by {actor} under the present definition',
      zh: '数据集 {dataset} 已由 {actor} 按现行定义封存',
    },
    other: {
      met: 'no',
      en: 'the seal is signed by {actor}, not by the owner {owner}',
      zh: '封存凭证由 {actor} 签名，而不是所有方 {owner}',
    },
    outdated: {
      met: 'no',
      en: 'the definition was changed after the seal; seal the data again',
      zh: '封存之后基准定义已变更；请重新封存数据',
    },
    missing: { met: 'unknown', en: 'no data is sealed for this benchmark', zh: '该基准尚未封存数据' },
  },
  'g2.commitment': {
    committed: {
      met: 'yes',
      en: '{hidden} of {rows} rows are hidden under commitment {commitment}…',
      zh: '{rows} 行中有 {hidden} 行隐藏，承诺值 {commitment}…',
    },
    contradicts: {
      met: 'no',
      en: 'the seal counts {open} open and {hidden} hidden of {rows} rows, which cannot be; seal the data again',
      zh: '封存凭证称 {rows} 行中公开 {open} 行、隐藏 {hidden} 行，数目不符；请重新封存数据',
    },
  },
  'g2.rows': {
    enough: {
      met: 'yes',
      en: '{hidden} hidden rows; criterion {id} asks for {needed}',
      zh: '隐藏 {hidden} 行；验收准则 {id} 要求 {needed} 行',
    },
    few: {
      met: 'no',
      en: '{hidden} hidden rows, but criterion {id} asks for {needed}; seal more data',
      zh: '只隐藏了 {hidden} 行，而验收准则 {id} 要求 {needed} 行；请封存更多数据',
    },
  },
  'g2.quality': {
    passed: {
      met: 'yes',
      en: 'the quality check passed over {rows} rows',
      zh: '质量检查通过，共 {rows} 行',
    },
    failed: {
      met: 'no',
      en: 'the quality check found {faults} faults; correct the data and seal it again',
      zh: '质量检查发现 {faults} 处问题；请修正数据后重新封存',
    },
    other: {
      met: 'no',
      en: 'the quality check is signed by {actor}, not by the house',
      zh: '质量检查由 {actor} 签名，而不是平台',
    },
    missing: { met: 'unknown', en: 'the sealed data has no quality check', zh: '封存的数据尚无质量检查' },
  },
  'g2.leak': {
    tight: {
      met: 'yes',
      en: '{exact} vectors stand on both sides of the split, {near} of {hidden} hidden rows nearly so; within the limits',
      zh: '划分两侧有 {exact} 个相同向量，{hidden} 行隐藏数据中 {near} 行近似重复；均在限值内',
    },
    found: {
      met: 'no',
      en: '{exact} vectors stand on both sides of the split (limit {exactLimit}), {near} of {hidden} hidden rows nearly so (limit {nearLimit} %); divide the data otherwise',
      zh: '划分两侧有 {exact} 个相同向量（限值 {exactLimit}），{hidden} 行隐藏数据中 {near} 行近似重复（限值 {nearLimit} %）；请更换划分方式',
    },
    other: {
      met: 'no',
      en: 'the leak check is signed by {actor}, not by the house',
      zh: '泄漏检查由 {actor} 签名，而不是平台',
    },
    missing: { met: 'unknown', en: 'the sealed data has no leak check', zh: '封存的数据尚无泄漏检查' },
  },
} as const

export const sayG2 = reasonsOf(G2_REASONS)
