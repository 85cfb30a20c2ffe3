import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PipelineStatus } from '@dengta/threat'
import { flatEventsFile } from '../../packs/threat/src/ingest/evtx/flat-events.fixture.ts'

export const CUT_LOGS = 'event logs (EVTX) that are cut, dropped into a watched folder'
export const CUTS = 60
const EVENTS = 3000

/** Drops a Windows event log of some MiB again and again, each time cut elsewhere: in the header, in a chunk, near its end. */
export async function dropCutLogs(folder: string): Promise<void> {
  const events = Array.from({ length: EVENTS }, (_, number) => ({
    ...{ EventID: 1, Channel: 'Microsoft-Windows-Sysmon/Operational', Hostname: `pc-${number % 50}` },
    ...{ Image: number % 10 === 0 ? 'C:\\cmd.exe' : 'C:\\calc.exe', CommandLine: `run ${'x'.repeat(300)} ${number}` },
  }))
  const whole = flatEventsFile(events)
  for (let cut = 0; cut < CUTS; cut += 1) {
    const length = Math.floor((whole.length * cut) / CUTS) + 77 // never at the end of a chunk
    await writeFile(join(folder, `${cut}.part`), whole.subarray(0, length))
    await rename(join(folder, `${cut}.part`), join(folder, `${String(cut).padStart(4, '0')}.evtx`))
  }
}

/** How many of the cut files were named by what is wrong with them, each once. */
export function namedCuts({ sources }: PipelineStatus): number {
  const { faults = {} } = sources.find(({ kind }) => kind === 'files') ?? {}
  return (faults.evtx_truncated ?? 0) + (faults.not_evtx ?? 0)
}
