import { expect, test } from 'vitest'
import { saidReason } from './said-reason.ts'

test('a share of no verdicts is said in words, per cent signs close up', () => {
  const written = {
    en: 'score -2.10 stays below the threshold 1; this signature was an attack in 0 of 0 verdicts',
    zh: '评分 -2.10 低于阈值 1；该特征的 0 个结论中有 0 个为攻击',
  }
  expect(saidReason(written)).toEqual({
    en: 'score −2.10 stays below the threshold 1; nobody has judged this signature yet',
    zh: '评分 −2.10 低于阈值 1；该特征尚无人给出结论',
  })
  expect(saidReason({ en: 'at most 0.09 % (bound 5.00 %)', zh: '不超过 0.09 %' })).toEqual({
    ...{ en: 'at most 0.09% (bound 5.00%)', zh: '不超过 0.09%' },
  })
})

test('verdicts that exist are counted as before', () => {
  const text = {
    en: 'this signature was an attack in 10 of 20 verdicts',
    zh: '该特征的 10 个结论中有 0 个为攻击',
  }
  expect(saidReason(text)).toEqual(text)
})
