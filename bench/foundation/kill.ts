import { killRounds } from '../../e2e/support/kill-rounds.ts'
import { type Benchmark, figure } from '../figure.ts'

const ROUNDS = Number(process.env.DENGTA_KILL_ROUNDS ?? 200)

/** kill -9 of a loaded server at random moments; what was acknowledged must stand after each restart. */
export const kill: Benchmark = async (emit) => {
  const onRound = (round: number, size: number): void => {
    process.stderr.write(`\rkill round ${round}/${ROUNDS}, log size ${size}   `)
  }
  const report = await killRounds({ rounds: ROUNDS, random: Math.random, onRound })
  process.stderr.write('\n')
  const { rounds, records, submissions, checkpoints, lost, intruders } = report
  const load = `${rounds} kills; ${records} records, ${submissions} submissions, ${checkpoints} checkpoints were acknowledged`
  emit(
    figure('acknowledged things lost after kill -9', lost.length, 'things', {
      goal: { is: '=', than: 0 },
      yardstick: load,
    }),
  )
  emit(
    figure('second servers let into a held data folder', intruders, 'servers', {
      goal: { is: '=', than: 0 },
      yardstick: `${Math.ceil(rounds / 20)} tries`,
    }),
  )
  const slowest = Math.max(...report.restartMs) / 1000
  emit(
    figure('slowest restart after kill -9', slowest, 's', {
      goal: { is: '<=', than: 5 },
      yardstick: 'a warm start may take 5 s',
    }),
  )
  for (const what of lost.slice(0, 5)) process.stderr.write(`lost: ${what}\n`)
}
