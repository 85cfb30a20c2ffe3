import type { Language } from '@dengta/sdk'

const BOOTSTRAP =
  /^circular block bootstrap, (BCa|percentile), blocks of (\d+)(?: \(shortened from (\d+): too few rows\))?, (\d+) resamples, sfc32 seed (\d+)$/
const ESTIMATE = /^estimate: CPU seconds x ([\d.]+) W per core$/

/** How a figure was made, as its record says it, in the words of the reader; what is not known here stands as it is. */
export function saidMethod(method: string, language: Language): string {
  if (language === 'en') return method
  const bootstrap = BOOTSTRAP.exec(method)
  if (bootstrap) {
    const [, name, length, wanted, resamples, seed] = bootstrap
    const cut = wanted === undefined ? '' : `（行数不足，由 ${wanted} 缩短）`
    return `循环分块自助法（${name === 'BCa' ? 'BCa' : '百分位'}），块长 ${length}${cut}，重采样 ${resamples} 次，sfc32 种子 ${seed}`
  }
  const estimate = ESTIMATE.exec(method)
  if (estimate) return `估算：CPU 秒数 × 每核 ${estimate[1]} 瓦`
  return method === 'none: a single row has no spread' ? '无：仅一行，无法估计离散程度' : method
}
