import { fillText, saidCount, type Text } from '@dengta/kernel'
import type { Store } from '@dengta/store'
import { sql } from 'kysely'
import { type Retention, USUAL_RETENTION } from './retention.ts'

/** How long groups are kept, and how many were let go of, for people. */
export async function keptText(store: Store, retention: Partial<Retention> = {}): Promise<Text> {
  const { rows } = await sql<{ gone: string }>`select coalesce(sum(gone), 0) as gone from threat_batches`.execute(
    store.db(),
  )
  const { days, groups } = { ...USUAL_RETENTION, ...retention }
  return fillText(KEPT, { days, groups: saidCount(groups), gone: saidCount(Number(rows[0]?.gone)) })
}

const KEPT = {
  en: 'Groups that nobody waits for are kept for {days} days, at most {groups} of them; {gone} older ones were let go of. They count in all figures here, and their records stay in the log.',
  zh: '无人等待处理的告警组保留 {days} 天，最多 {groups} 组；更早的 {gone} 组已清理。它们仍计入此处全部数字，其存证记录永久保留在日志中。',
}
