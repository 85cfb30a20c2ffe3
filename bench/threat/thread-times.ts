import { readdirSync, readFileSync } from 'node:fs'

const TICKS_PER_SECOND = 100

/** CPU seconds of every thread of a process by its id; the main thread has the id of the process. Linux. */
export function threadSeconds(pid: number): Map<number, number> {
  const threads = new Map<number, number>()
  for (const id of readdirSync(`/proc/${pid}/task`)) {
    const fields = readFileSync(`/proc/${pid}/task/${id}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    threads.set(Number(id), (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND)
  }
  return threads
}
