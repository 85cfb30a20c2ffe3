import { expect, test } from 'vitest'
import { emptyWords } from './empty-words.ts'

test.each<[en: string, zh: string, words: string[]]>([
  ['improve efficiency', '提升变压器诊断准确性', ['efficiency']],
  ['Hourly NOx of the stack', '全面提升智能化水平', ['智能化']],
  ['Smart operation', '提质增效', ['Smart', '提质增效']],
  ['Increased quality of the production process', '提高生产效率', ['quality', '效率']],
  ['Thermal efficiency of boiler 2', '2 号锅炉热效率', []],
  ['Efficiency up by 3 %', '效率提高 3 %', []],
  ['Mean absolute error of the NOx value', '氮氧化物参考值的平均绝对误差', []],
  ['Every hour', '每小时', []],
])('%s / %s', (en, zh, words) => {
  expect(emptyWords({ en, zh })).toEqual(words)
})
