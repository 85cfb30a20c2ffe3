import type { Text } from '@dengta/kernel'

/** Why a job of public compute stands where it stands. */
export const jobReasons = {
  nextPlan: (): Text => ({ en: 'it waits for the next plan, which is being made', zh: '等待正在生成的新计划' }),
  noDay: (): Text => ({
    en: 'no day is open; it is placed as soon as the operator opens one',
    zh: '当前没有开放的排程日；运营方开放后即予安排',
  }),
  placed: (site: string, from: string, to: string): Text => ({
    en: `it is placed at ${site} from ${from} to ${to}`,
    zh: `已安排在 ${site}，自 ${from} 至 ${to}`,
  }),
  cancelled: (): Text => ({ en: 'it was cancelled', zh: '已取消' }),
} as const
