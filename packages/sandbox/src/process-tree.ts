import { readFileSync } from 'node:fs'
import type { Usage } from './control-groups.ts'

/** Length of a clock tick in /proc: USER_HZ is 100 on the architectures we run on. */
const TICKS_PER_SECOND = 100

/** What a process and its descendants use now, read from /proc; for machines without control groups. */
function treeUsage(pid: number): { readonly cpuSeconds: number; readonly bytes: number } {
  let cpuSeconds = 0
  let bytes = 0
  for (const member of tree(pid)) {
    cpuSeconds += cpuOf(member)
    bytes += ownBytes(member)
  }
  return { cpuSeconds, bytes }
}

/** Remembers the highest figures of a tree between two looks: a process that has ended no longer counts itself. */
export class TreeMeter {
  #cpuSeconds = 0
  #peakBytes = 0

  look(pid: number): Usage {
    const now = treeUsage(pid)
    this.#cpuSeconds = Math.max(this.#cpuSeconds, now.cpuSeconds)
    this.#peakBytes = Math.max(this.#peakBytes, now.bytes)
    return { cpuSeconds: this.#cpuSeconds, peakBytes: this.#peakBytes, memoryKills: 0 }
  }
}

function tree(pid: number): readonly number[] {
  const children = read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number)
  return [pid, ...children.flatMap(tree)]
}

/** Fields 14 to 17 of proc(5) stat: own and reaped children's user and system time. The name before may hold spaces. */
function cpuOf(pid: number): number {
  const stat = read(`/proc/${pid}/stat`)
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0)
  return ticks / TICKS_PER_SECOND
}

/** Memory of its own (proc(5) status), without the files that it shares with others, such as Node itself. */
function ownBytes(pid: number): number {
  const status = read(`/proc/${pid}/status`)
  return [...status.matchAll(/^Rss(?:Anon|Shmem):\s+(\d+) kB/gm)].reduce((sum, [, kib]) => sum + Number(kib) * 1024, 0)
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
