import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { killRounds } from '../../packs/threat/src/pipeline/kill-rounds.fixture.ts'
import { type Benchmark, figure } from '../figure.ts'

const ROUNDS = Number(process.env.DENGTA_KILL_ROUNDS ?? 100)

/** kill -9 of a loaded pipeline at random moments; what was acknowledged must have its alerts, each once. */
export const kill: Benchmark = async (emit) => {
  const folder = await mkdtemp(join(tmpdir(), 'dengta-kill-'))
  try {
    const onRound = (round: number): void => void process.stderr.write(`\rkill round ${round}/${ROUNDS}   `)
    const report = await killRounds({ folder, rounds: ROUNDS, random: Math.random, onRound })
    process.stderr.write('\n')
    const goal = { is: '=', than: 0 } as const
    const yardstick = `${ROUNDS} kills; ${report.acknowledged} events acknowledged, ${report.alerts} alerts stored`
    emit(
      figure('acknowledged events without their alert after kill -9', report.missing.length, 'events', {
        goal,
        yardstick,
      }),
    )
    emit(figure('alerts that came twice after kill -9', report.twice.length, 'alerts', { goal, yardstick }))
    for (const what of [...report.missing, ...report.twice].slice(0, 5)) process.stderr.write(`wrong: ${what}\n`)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
