import type { Text } from '@dengta/kernel'
import type { PublicJob } from './public-job.ts'

export const JOB_STATES: Readonly<Record<PublicJob['state'], Text>> = {
  waiting: { en: 'waiting', zh: '等待中' },
  placed: { en: 'placed', zh: '已安排' },
  running: { en: 'running', zh: '运行中' },
  done: { en: 'done', zh: '已完成' },
  failed: { en: 'failed', zh: '失败' },
  refused: { en: 'refused', zh: '已拒绝' },
  cancelled: { en: 'cancelled', zh: '已取消' },
}
