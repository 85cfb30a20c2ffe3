import { reasonsOf } from './reason-table.ts'

/** G1: the requirement can be checked. */
export const G1_REASONS = {
  'g1.statement': {
    stated: {
      met: 'yes',
      en: 'the scenario is stated and signed by its owner {owner}',
      zh: '场景已由所有方 {owner} 陈述并签名',
    },
    other: {
      met: 'no',
      en: 'the statement names {owner} as owner and is signed by {actor}; the owner has to state it',
      zh: '场景陈述中的所有方是 {owner}，签名方却是 {actor}；须由所有方本身陈述',
    },
    missing: { met: 'unknown', en: 'no statement of the scenario is on record', zh: '尚无场景陈述的凭证' },
  },
  'g1.pain_point': {
    measured: {
      met: 'yes',
      en: 'the pain point has a measured baseline of {value} {unit}',
      zh: '痛点有实测基线：{value} {unit}',
    },
    incomplete: {
      met: 'no',
      en: 'the pain point leaves open: {parts}; state each in both languages',
      zh: '痛点缺少：{parts}；请用中英文逐项写明',
    },
    unit: {
      met: 'no',
      en: 'the pain point is measured in {unit}, its baseline in {other}; state both in one unit',
      zh: '痛点的单位是 {unit}，基线的单位却是 {other}；请统一单位',
    },
  },
  'g1.words': {
    measured: { met: 'yes', en: 'every field says more than praise', zh: '各项陈述均有实质内容' },
    empty: {
      met: 'no',
      en: '{path} says only "{words}"; name what is measured, where, and in which unit',
      zh: '{path} 只写了“{words}”，没有可衡量的内容；请写明度量对象、地点和单位',
    },
  },
  'g1.criteria': {
    stated: { met: 'yes', en: '{count} acceptance criteria are stated', zh: '已给出 {count} 条验收准则' },
    none: {
      met: 'no',
      en: 'no acceptance criterion is stated; add one with benchmark, metric, threshold and floor',
      zh: '没有验收准则；请至少给出一条，写明基准、指标、门槛与下限',
    },
  },
  'g1.criterion': {
    checkable: {
      met: 'yes',
      en: '{id}: the bound of {metric} on {benchmark} must reach {threshold}, the worst group {floor}',
      zh: '{id}：在基准 {benchmark} 上，{metric} 的区间界须达到 {threshold}，最差分组须达到 {floor}',
    },
    metric: {
      met: 'no',
      en: '{id}: {metric} is not a metric of this house; choose one of {choices}',
      zh: '{id}：{metric} 不是平台支持的指标；可选 {choices}',
    },
    direction: {
      met: 'no',
      en: '{id}: of {metric}, {wanted} is better; correct the direction',
      zh: '{id}：{metric} 以 {wanted} 为优；请更正方向',
    },
    floor: {
      met: 'no',
      en: '{id}: the floor {floor} of the worst group is stricter than the threshold {threshold} for all; make it no stricter',
      zh: '{id}：最差分组下限 {floor} 比总体门槛 {threshold} 更严；请放宽到不严于总体门槛',
    },
    incomplete: {
      met: 'no',
      en: '{id}: benchmark or unit is empty; name both',
      zh: '{id}：基准或单位为空；请补全',
    },
  },
  'g1.rows': {
    enough: {
      met: 'yes',
      en: '{id}: {rows} rows are asked for; {needed} independent ones show the threshold where the truth is {truth} (one-sided 95 %, power 90 %)',
      zh: '{id}：要求 {rows} 行；若真实值为 {truth}，证明达到门槛需要 {needed} 行独立数据（单侧 95 %，检验功效 90 %）',
    },
    few: {
      met: 'no',
      en: '{id}: {rows} rows are asked for, but {needed} independent ones are needed to show the threshold where the truth is {truth} (one-sided 95 %, power 90 %); raise minimumRows',
      zh: '{id}：只要求 {rows} 行，而真实值为 {truth} 时证明达到门槛需要 {needed} 行独立数据（单侧 95 %，检验功效 90 %）；请提高 minimumRows',
    },
    stated: {
      met: 'yes',
      en: '{id}: {rows} rows are asked for; for {metric} no number can be computed beforehand, so the interval alone decides',
      zh: '{id}：要求 {rows} 行；{metric} 无法事先算出所需行数，由评测区间判定',
    },
  },
  'g1.error_costs': {
    stated: { met: 'yes', en: '{count} kinds of error have a cost', zh: '{count} 类误差已给出代价' },
    none: {
      met: 'no',
      en: 'no kind of error has a cost, so that the threshold cannot be argued about; add errorCosts',
      zh: '没有给出任何误差的代价，门槛无从论证；请补充 errorCosts',
    },
    negative: {
      met: 'no',
      en: 'the cost of an error is below zero; state it as a loss of zero or more',
      zh: '某类误差的代价为负；请写成不小于零的损失',
    },
  },
  'g1.guard_metrics': {
    stated: { met: 'yes', en: 'guard metrics: {names}', zh: '护栏指标：{names}' },
    none: {
      met: 'no',
      en: 'no guard metric is named; add at least one that must not get worse unseen',
      zh: '没有护栏指标；请至少给出一项，以防其悄然变差',
    },
  },
  'g1.measurement': {
    stated: { met: 'yes', en: 'how the effect is measured is stated', zh: '已写明效果如何度量' },
    none: {
      met: 'no',
      en: 'how the effect will be measured is not stated; fill in measurement in both languages',
      zh: '没有写明效果如何度量；请用中英文填写 measurement',
    },
  },
} as const

export const sayG1 = reasonsOf(G1_REASONS)
