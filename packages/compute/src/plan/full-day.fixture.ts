import { seededRandom } from '@dengta/statistics'
import { readSnapshot } from '../model/read-snapshot.ts'
import { SAMPLE_YAML } from '../model/sample-snapshot.fixture.ts'
import type { Job, Snapshot } from '../model/snapshot.ts'

const sample = readSnapshot(SAMPLE_YAML)

/** Sixty jobs of all kinds of the sample, moved about in the day: far more than its sites can serve. */
export function fullDay(seed: number, quotaChipHours?: number): Snapshot {
  const random = seededRandom(seed)
  const jobs = Array.from({ length: 60 }, (_, i): Job => {
    const like = sample.jobs[random() % sample.jobs.length]!
    const window = like.deadline - like.release
    const release = random() % (sample.slots - window + 1)
    return {
      ...like,
      name: `c${i}`,
      before: undefined,
      release,
      deadline: release + window,
      valueYuan: 50 + (random() % 500),
    }
  })
  const quota = quotaChipHours === undefined ? {} : { quotaChipHours }
  return {
    ...sample,
    participants: sample.participants.map(({ name }) => ({ name, share: 1, usedChipHours: 0, ...quota })),
    jobs,
  }
}
