import type { EngineView } from '@dengta/sdk'
import type { PublicJob } from '../public-job/public-job.ts'

/** Jobs that the engine refused, as somebody may see them: those of others without their name, their reason said short. Pure. */
export function refusedViews(jobs: readonly PublicJob[], mayRead: (owner: string) => boolean): EngineView['refused'] {
  return jobs.map(({ id, participant, ask, reason, endedAt, askedAt }) => {
    const named = mayRead(participant)
    return {
      ...{ job: named ? id : '', name: named ? ask.name : '', at: (endedAt ?? askedAt).toISOString() },
      reason: named ? reason : HIDDEN,
    }
  })
}

/** A reason may name the job and its pool. */
const HIDDEN = { en: 'the engine refused a job of another participant', zh: '执行引擎拒绝了其他参与方的一个作业' }
