import type { Text } from '@dengta/kernel'
import type { BenchmarkDefinition, SplitRule } from './benchmark.ts'
import { targetOf } from './benchmark.ts'

/** The split rule as a sentence. The salt is part of the definition and no secret: it only keeps the choice from being tuned. */
export function splitText(rule: SplitRule): Text {
  switch (rule.kind) {
    case 'time':
      return {
        en: `rows with ${rule.column} above ${rule.openUntil} are hidden`,
        zh: `${rule.column} 大于 ${rule.openUntil} 的行为隐藏行`,
      }
    case 'group':
      return {
        en: `rows that agree in ${rule.columns.join(', ')} stay together; about ${percent(rule.hiddenShare)} of the groups are hidden`,
        zh: `${rule.columns.join('、')} 相同的行归为一组，约 ${percent(rule.hiddenShare)} 的组为隐藏行`,
      }
    case 'random':
      return {
        en: `about ${percent(rule.hiddenShare)} of the rows are hidden, each drawn by itself`,
        zh: `逐行随机抽取，约 ${percent(rule.hiddenShare)} 的行为隐藏行`,
      }
    case 'published':
      return {
        en: `as published: rows with ${rule.column} "${rule.hidden}" are hidden`,
        zh: `按原始发布划分：${rule.column} 为“${rule.hidden}”的行为隐藏行`,
      }
  }
}

/** The unit of the score: that of the target for errors, `1` for shares. */
export function scoreUnit(definition: BenchmarkDefinition): string {
  return definition.metric === 'mae' || definition.metric === 'rmse' ? targetOf(definition).unit : '1'
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`
}
