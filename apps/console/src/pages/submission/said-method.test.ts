import { expect, test } from 'vitest'
import { saidMethod } from './said-method.ts'

test('the method of an interval and of an estimate is said in Chinese, with every figure of it', () => {
  const cut =
    'circular block bootstrap, BCa, blocks of 12 (shortened from 168: too few rows), 1000 resamples, sfc32 seed 7'
  expect(saidMethod(cut, 'zh')).toBe(
    '循环分块自助法（BCa），块长 12（行数不足，由 168 缩短），重采样 1000 次，sfc32 种子 7',
  )
  const plain = 'circular block bootstrap, percentile, blocks of 1, 200 resamples, sfc32 seed 9'
  expect(saidMethod(plain, 'zh')).toBe('循环分块自助法（百分位），块长 1，重采样 200 次，sfc32 种子 9')
  expect(saidMethod('estimate: CPU seconds x 10 W per core', 'zh')).toBe('估算：CPU 秒数 × 每核 10 瓦')
  for (const method of ['Clopper-Pearson', 'a method of tomorrow']) expect(saidMethod(method, 'zh')).toBe(method)
  expect(saidMethod(plain, 'en')).toBe(plain)
})
