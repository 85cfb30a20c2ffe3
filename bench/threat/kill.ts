import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type KillReport, killRounds } from '../../packs/threat/src/pipeline/kill-rounds.fixture.ts'
import { killStages, type StagesKillReport } from '../../packs/threat/src/service/flow/kill-stages.fixture.ts'
import { type Benchmark, figure } from '../figure.ts'

const ROUNDS = Number(process.env.DENGTA_KILL_ROUNDS ?? 100)
const NONE = { goal: { is: '=', than: 0 } } as const

type Emit = Parameters<Benchmark>[0]

/** kill -9 of a loaded pipeline at random moments; what was acknowledged must have its alerts, each once. */
export const kill: Benchmark = async (emit) => {
  await inFolder(async (folder) => emitAlerts(emit, await killRounds(roundsIn(folder)), 'after kill -9'))
  await inFolder(async (folder) => emitStages(emit, await killStages(roundsIn(folder))))
}

/** With correlation and triage behind detection: their findings are those of a run that is never killed. */
function emitStages(emit: Emit, report: StagesKillReport): void {
  emitAlerts(emit, report, 'after kill -9, with stages')
  const stored = Object.entries(report.findings).map(([stage, count]) => `${count} of ${stage}`)
  const found = { ...NONE, yardstick: `${ROUNDS} kills; findings: ${stored.join(', ')}` }
  emit(figure('findings that differ from a run without kills', report.different.length, 'findings', found))
  emit(figure('findings that came twice after kill -9', report.findingsTwice.length, 'findings', found))
  const names = { ...NONE, yardstick: `${ROUNDS} kills; ${report.names} names stored for the DNS watch` }
  emit(
    figure('acknowledged DNS names that the watch did not get after kill -9', report.namesLost.length, 'names', names),
  )
  tell([...report.different, ...report.findingsTwice, ...report.namesLost])
}

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'dengta-kill-'))
  try {
    await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function roundsIn(folder: string): Parameters<typeof killStages>[0] {
  const onRound = (round: number): void =>
    void process.stderr.write(`\rkill round ${round}/${ROUNDS} ${round === ROUNDS ? '\n' : ''}`)
  return { folder, rounds: ROUNDS, random: Math.random, onRound }
}

function emitAlerts(emit: Emit, { acknowledged, alerts, missing, twice }: KillReport, when: string): void {
  const found = { ...NONE, yardstick: `${ROUNDS} kills; ${acknowledged} events acknowledged, ${alerts} alerts stored` }
  emit(figure(`acknowledged events without their alert ${when}`, missing.length, 'events', found))
  emit(figure(`alerts that came twice ${when}`, twice.length, 'alerts', found))
  tell([...missing, ...twice])
}

function tell(wrong: readonly string[]): void {
  for (const what of wrong.slice(0, 5)) process.stderr.write(`wrong: ${what.slice(0, 300)}\n`)
}
