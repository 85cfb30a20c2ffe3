import { randomUUID } from 'node:crypto'

export const GROUP_PREFIX = 'dengta-'

/** Names the group and the folder of one job: `dengta-<pid of the server>-<random>`; the pid tells leftovers of dead servers. */
export function runName(): string {
  return `${GROUP_PREFIX}${process.pid}-${randomUUID().slice(0, 8)}`
}

/** The pid of the server that owned the name; `undefined` for a name that is not ours. */
export function ownerOf(name: string): number | undefined {
  const match = /^dengta-(\d+)-[0-9a-f]{8}$/.exec(name)
  return match === null ? undefined : Number(match[1])
}
