import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { houseRoot } from '@dengta/store'
import { serveHouse } from '../../e2e/support/served-house.ts'
import { type Benchmark, figure } from '../figure.ts'

const IDLE_MS = 10_000

/** First start after `npm ci` (nothing built, no data folder), second start, and what an idle server holds. */
export const start: Benchmark = async (emit) => {
  const home = await mkdtemp(join(tmpdir(), 'dengta-start-'))
  rmSync(join(houseRoot(), 'dist'), { recursive: true, force: true })
  try {
    const cold = await serveHouse({ home })
    emit(
      figure('first start to served console', cold.startedInMs / 1000, 's', {
        goal: { is: '<=', than: 30 },
        yardstick: 'includes the build, the database and the whole sample programme',
      }),
    )
    await wait(IDLE_MS)
    emit(
      figure('idle server after the first start', residentMegabytes(cold.pid), 'MB', {
        goal: { is: '<=', than: 450 },
        yardstick: `VmRSS of the server process; witness beside it ${childMegabytes(cold.pid)} MB`,
      }),
    )
    await cold.kill('SIGTERM')
    const warm = await serveHouse({ home })
    emit(
      figure('warm start to served console', warm.startedInMs / 1000, 's', {
        goal: { is: '<=', than: 5 },
        yardstick: `node -e 0 takes ${bareNodeSeconds()} s here`,
      }),
    )
    await wait(IDLE_MS)
    emit(
      figure('idle server after a warm start', residentMegabytes(warm.pid), 'MB', {
        goal: { is: '<=', than: 450 },
        yardstick: 'VmRSS of the server process',
      }),
    )
    await warm.kill('SIGTERM')
  } finally {
    await rm(home, { recursive: true, force: true })
  }
}

function residentMegabytes(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return (Number(kilobytes) * 1024) / 1e6
}

function childMegabytes(pid: number): number {
  const file = `/proc/${pid}/task/${pid}/children`
  const children = existsSync(file) ? readFileSync(file, 'utf8').trim().split(' ').filter(Boolean) : []
  return Math.round(children.reduce((sum, child) => sum + residentMegabytes(Number(child)), 0))
}

function bareNodeSeconds(): string {
  const began = performance.now()
  execFileSync(process.execPath, ['-e', '0'])
  return ((performance.now() - began) / 1000).toFixed(2)
}
