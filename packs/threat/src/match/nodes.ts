import { type Leaves, leavesOf } from '../normalise/leaves.ts'

/** What every object or list behind a name begins with; other text may look the same. */
const NESTED = /:\s*[{[]/

/** All paths of an event, those of objects and lists too; undefined where it has none of these. */
export function nodesOf(line: Uint8Array): Leaves | undefined {
  const text = Buffer.from(line.buffer, line.byteOffset, line.length).toString('utf8')
  return NESTED.test(text) ? leavesOf(JSON.parse(text)) : undefined
}
