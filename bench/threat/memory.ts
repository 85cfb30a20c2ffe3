import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { entryFile } from '@dengta/store'
import { hasThreatData, ORACLE_FOLDERS, RULE_ARCHIVE, THREAT_DATA } from '../../packs/threat/src/threat-data.fixture.ts'
import { type Benchmark, figure } from '../figure.ts'

const FILES = ['windows-02', 'windows-raw'].map((name) => join(THREAT_DATA, 'events', `${name}.ndjson.br`))

/** Most memory of `dengta threat detect` with the whole rule set over two files, 402 MB of events, as the kernel counted it. */
export const memory: Benchmark = async (emit) => {
  if (!hasThreatData || !existsSync('/proc/self/status')) {
    process.stderr.write('SKIPPED: needs DENGTA_DATA with threat/ in it, and Linux\n')
    return
  }
  const most = await peakOf([
    'threat',
    'detect',
    ...FILES,
    '--rules',
    RULE_ARCHIVE,
    '--under',
    ...ORACLE_FOLDERS,
    '--summary',
  ])
  emit(
    figure('most memory of detection over files, whole rule set', most / 1024, 'MiB', {
      goal: { is: '<=', than: 500 },
      yardstick: 'VmHWM of the command, correlation and alerts included',
    }),
  )
}

/** KiB; asked ten times a second while the command runs. */
async function peakOf(command: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [entryFile('dengta'), ...command], { stdio: 'ignore' })
  let most = 0
  const timer = setInterval(() => {
    most = Math.max(most, peakNow(child.pid as number))
  }, 100)
  const code = await new Promise<number | null>((resolve) => child.on('exit', resolve))
  clearInterval(timer)
  if (code !== 0) throw new Error(`dengta threat detect ended with ${code}`)
  return most
}

function peakNow(pid: number): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0)
  } catch {
    return 0
  }
}
