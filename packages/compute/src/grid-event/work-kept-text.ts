import type { Text } from '@dengta/kernel'

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

/** How much of the work of an event goes on, and at most could, as part of a sentence. Below zero more is lost than the event lasts. */
export function workKeptText(weighted: number, bound: number): Text {
  if (weighted < 0)
    return {
      en: `${percent(1 - weighted)} of the work of that time is lost, as pauses throw away earlier work too (at least ${percent(1 - bound)} had to be lost)`,
      zh: `损失相当于事件时段工作量的 ${percent(1 - weighted)}（暂停还会丢弃此前的工作；至少须损失 ${percent(1 - bound)}）`,
    }
  return {
    en: `work goes on at ${percent(weighted)} (at most ${percent(bound)} was possible)`,
    zh: `整体性能保持 ${percent(weighted)}（理论上限 ${percent(bound)}）`,
  }
}
