import { defineErrors } from '@dengta/kernel'

/** Why a run that ended well has no score. No text says which row or what value: that would answer a question about hidden rows. */
export const scoringErrors = defineErrors('scoring', {
  wrong_length: {
    kind: 'invalid',
    en: 'the model answered {found} values where {expected} rows were asked; answer one value for each row',
    zh: '模型返回 {found} 个值，而请求了 {expected} 行；请为每一行返回一个值',
  },
  not_finite: {
    kind: 'invalid',
    en: 'the model answered values that are not finite numbers; keep divisions and logarithms away from zero',
    zh: '模型返回了非有限数；请避免除以零或对零取对数',
  },
  not_a_class: {
    kind: 'invalid',
    en: 'the model answered something else than a class number from 0 to {last}',
    zh: '模型返回的不是 0 到 {last} 的类别编号',
  },
})
