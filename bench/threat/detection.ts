import { type Format, loadMappings, loadRules, Matcher, type Rule, readRuleFiles } from '@dengta/threat'
import {
  hasThreatData,
  ORACLE_FOLDERS,
  ORACLE_PLACEHOLDERS,
  RULE_ARCHIVE,
  readOracle,
} from '../../packs/threat/src/threat-data.fixture.ts'
import { type Benchmark, figure, type Goal } from '../figure.ts'
import { cpuSeconds, type Lane, runLane } from './lane.ts'

/** Goals of the issue, where it states some for the lane. */
interface GoalLane extends Lane {
  readonly ratio?: number
  readonly perSecond?: number
}

const SHARDS = [0, 1, 2, 3, 4, 5].map((shard) => `events/windows-0${shard}.ndjson.br`)
const lane = (name: string, goals: { repeat: number; ratio?: number; perSecond?: number }): GoalLane => ({
  name,
  files: [`events/${name}.ndjson.br`],
  oracle: `rsigma-${name}`,
  ...goals,
})

const LANES: readonly GoalLane[] = [
  lane('windows-process-creation-1959', { repeat: 25, ratio: 0.18, perSecond: 60_000 }),
  lane('windows-raw', { repeat: 2, ratio: 0.28, perSecond: 90_000 }),
  { name: 'windows', files: SHARDS, oracle: 'rsigma-windows', repeat: 1, ratio: 0.36, perSecond: 120_000 },
  lane('zeek', { repeat: 2 }),
  lane('cloudtrail', { repeat: 10 }),
]

/** Start-up with the whole rule set, then every lane: equality with the oracle, speed beside JSON.parse, memory. */
export const detection: Benchmark = async (emit) => {
  if (!hasThreatData) {
    process.stderr.write('SKIPPED: set DENGTA_DATA to the folder that holds threat/\n')
    return
  }
  const began = cpuSeconds()
  const { rules, formats } = await load()
  const matcher = new Matcher(rules, formats)
  emit(
    figure('start-up with the whole rule set', cpuSeconds() - began, 's', {
      goal: { is: '<=', than: 3 },
      yardstick: `${rules.length} rules read and checked; evaluators are built as their log sources appear`,
    }),
  )
  for (const each of LANES) emitLane(each, matcher, emit)
  emit(
    figure('tables of the automata', matcher.tableBytes / 2 ** 20, 'MiB', {
      yardstick: `whole process ${Math.round(process.memoryUsage.rss() / 2 ** 20)} MiB, events of one shard in memory`,
    }),
  )
}

async function load(): Promise<{ rules: readonly Rule[]; formats: readonly Format[] }> {
  const files = await readRuleFiles(RULE_ARCHIVE, ORACLE_FOLDERS)
  return { rules: loadRules(files, { placeholders: ORACLE_PLACEHOLDERS }).rules, formats: await loadMappings() }
}

function emitLane(each: GoalLane, matcher: Matcher, emit: Parameters<Benchmark>[0]): void {
  const { events, differences, matching, parsing } = runLane(each, matcher, readOracle(each.oracle))
  emit(
    figure(`${each.name}: events that differ from the oracle`, differences, 'events', {
      goal: { is: '=', than: 0 },
      yardstick: `RSigma 0.21 recorded, ${events} events`,
    }),
  )
  emit(
    figure(`${each.name}: detection`, matching, 'events per CPU-second', {
      goal: atLeast(each.perSecond),
      yardstick: `JSON.parse alone ${Math.round(parsing)} in the same run`,
    }),
  )
  emit(
    figure(`${each.name}: detection against JSON.parse`, matching / parsing, 'ratio', {
      goal: atLeast(each.ratio),
      yardstick: 'JSON.parse alone on the same bytes, file by file',
    }),
  )
}

function atLeast(than: number | undefined): Goal | undefined {
  return than === undefined ? undefined : { is: '>=', than }
}
