import type { Text } from '@dengta/kernel'

/** What options say that several commands have. */
export const OPTION = {
  all: { en: 'all', zh: '全部' },
  effort: { en: 'how much work the plan is worth', zh: '排程投入的计算量' },
  forIncident: { en: 'only of this incident', zh: '仅限该安全事件' },
  jobsTable: { en: 'a CSV table of jobs, for a day that lists none', zh: 'CSV 作业表，用于未列作业的排程日' },
  level: { en: 'only of this level', zh: '仅限该级别' },
  limit: { en: 'so many at most', zh: '最多列出的条数' },
  network: { en: 'only of this network', zh: '仅限该网络' },
  next: { en: 'go on where a list ended', zh: '从上次列表结束处继续' },
  offset: { en: 'pass over so many', zh: '跳过的条数' },
  origin: { en: 'where its figures come from', zh: '数据来源' },
  searchSeed: { en: 'seed of the search', zh: '搜索的随机种子' },
  state: { en: 'only of this state', zh: '仅限该状态' },
  until: { en: 'before', zh: '此时间之前' },
  why: { en: 'why', zh: '理由' },
} satisfies Record<string, Text>

export const upTo = (most: number): Text => ({
  en: `so many at most, up to ${most}`,
  zh: `最多列出的条数，不超过 ${most}`,
})
