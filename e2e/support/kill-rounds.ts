import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { startLoad } from './load.ts'
import { checkPromises, nothingPromised, type Promised } from './promises.ts'
import { type ServedHouse, serveHouse } from './served-house.ts'
import { openSmallBenchmark, SMALL } from './small-benchmark.ts'

export interface KillReport {
  readonly rounds: number
  readonly records: number
  readonly submissions: number
  readonly checkpoints: number
  readonly lost: readonly string[]
  /** Second servers that were let in while one held the folder. */
  readonly intruders: number
  readonly restartMs: readonly number[]
}

export interface KillOptions {
  readonly rounds: number
  /** Uniform in [0, 1); decides the moments. */
  readonly random: () => number
  readonly onRound?: (round: number, logSize: number) => void
}

/** kill -9 of a real server under load at random moments; after each restart everything acknowledged must stand. */
export async function killRounds({ rounds, random, onRound = () => {} }: KillOptions): Promise<KillReport> {
  const home = await mkdtemp(join(tmpdir(), 'dengta-kill-'))
  const promised = nothingPromised()
  const lost: string[] = []
  const restartMs: number[] = []
  let intruders = 0
  let house = await serve(home)
  try {
    await openSmallBenchmark(house.clientOf)
    for (let round = 1; round <= rounds; round += 1) {
      if (round % 20 === 1) intruders += await tryIntruder(home)
      await loadAndKill(house, promised, { round, afterMs: 20 + random() * 1200 })
      house = await serve(home)
      restartMs.push(house.startedInMs)
      const kept = await checkPromises(promised, { client: house.clientOf(), address: house.address, home })
      lost.push(...kept.lost)
      onRound(round, kept.logSize)
    }
  } finally {
    await house.kill('SIGKILL')
    await rm(home, { recursive: true, force: true })
  }
  const { records, submissions, checkpoints } = promised
  return {
    rounds,
    records: records.size,
    submissions: submissions.size,
    checkpoints: checkpoints.size,
    lost,
    intruders,
    restartMs,
  }
}

const serve = (home: string): Promise<ServedHouse> => serveHouse({ home, flags: ['--no-programme'] })

async function loadAndKill(
  house: ServedHouse,
  promised: Promised,
  { round, afterMs }: { round: number; afterMs: number },
): Promise<void> {
  const load = startLoad({
    operator: house.clientOf(),
    developer: house.clientOf('small-dev'),
    benchmark: SMALL,
    promised,
    round,
  })
  await wait(afterMs)
  await house.kill('SIGKILL')
  await load.stop()
}

/** A second server on the same folder must be refused. */
async function tryIntruder(home: string): Promise<number> {
  try {
    const second = await serve(home)
    await second.kill('SIGKILL')
    return 1
  } catch (error) {
    if (!String(error).includes('store.locked')) throw error
    return 0
  }
}
