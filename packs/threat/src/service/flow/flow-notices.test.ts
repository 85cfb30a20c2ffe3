import { expect, test } from 'vitest'
import { flowNotices } from './flow-notices.ts'

const journal = { bytes: 0, segments: 1, failing: undefined, id: 'j', next: 9 }
const part = { path: 'journal/1', from: 10, to: 20 }

test('broken parts of the journal and lost detectors are said in both languages', () => {
  expect(flowNotices({ journal: { ...journal, damage: [] }, detectorFailures: [] })).toEqual([])
  const damage = [
    { ...part, sequence: 3, next: 5 },
    { ...part, from: 0, sequence: 3, next: 3 },
  ]
  const notices = flowNotices({ journal: { ...journal, damage }, detectorFailures: ['first', 'exit code 1'] })
  expect(notices.map(({ id }) => id)).toEqual(['damage journal/1 10', 'damage journal/1 0', 'detectors'])
  expect(notices[0]?.text.en).toContain('2 batches of acknowledged lines could not be evaluated')
  expect(notices[0]?.text.zh).toContain('2 批已确认的数据无法研判')
  expect(notices[1]?.text.en).toContain('all lines in it could be read')
  expect(notices[2]?.text.zh).toContain('exit code 1')
})
