import { expect, test } from 'vitest'
import { SHAPES, TwoBooks } from './two-books.fixture.ts'

/** In all streams of one shape. */
const FINDINGS = 60_000

test.each(SHAPES)(
  'thousands of streams: two books agree on streams of $findings findings',
  { timeout: 300_000 },
  (shape) => {
    const streams = FINDINGS / shape.findings
    let closings = 0
    for (let seed = 0; seed < streams; seed += 1) closings += new TwoBooks(1_000_000 + seed, shape).run().closings
    expect(closings).toBeGreaterThan(streams)
  },
)
