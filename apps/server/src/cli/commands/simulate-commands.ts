import { COMPARED_POLICIES, type ComparedPolicy, comparePolicies, readSnapshot } from '@dengta/compute'
import type { Text } from '@dengta/kernel'
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { CommandContext } from '../context.ts'
import { readDayFile } from '../day-file.ts'
import { readNumber, readWhole } from '../read-number.ts'
import { simulationLines } from '../simulation-lines.ts'
import type { Terminal } from '../terminal.ts'
import { computeGroup } from './command-groups.ts'
import { OPTION } from './option-words.ts'

interface Options {
  readonly jobs?: string
  readonly days: number
  readonly policy: readonly ComparedPolicy[]
  readonly estimateError: number
  readonly nodeHours?: number
  readonly repairHours: number
  readonly seed: number
}

const MOST_DAYS = 366
const MOST_SIGMA = 2

/** Plays a day or a month without any server: what each policy would have come to. */
export function simulateCommands(program: Command, { terminal }: CommandContext): void {
  const { say } = terminal
  computeGroup(program, terminal)
    .command('simulate <day>')
    .description(say(WORDS.simulate))
    .option('--jobs <file>', say(OPTION.jobsTable))
    .option('--days <number>', say(WORDS.days), within(1, MOST_DAYS, terminal), 1)
    .addOption(policyOption(terminal))
    .option('--estimate-error <sigma>', say(WORDS.sigma), between(0, MOST_SIGMA, terminal), 0)
    .option('--node-hours <hours>', say(WORDS.nodeHours), between(1, 1e9, terminal))
    .option('--repair-hours <hours>', say(WORDS.repairHours), between(0, 1e4, terminal), 4)
    .option('--seed <number>', say(WORDS.seed), readWhole(terminal), 1)
    .action(async (path: string, options: Options) => {
      const { days, seed, estimateError: sigma, nodeHours, repairHours, policy } = options
      const snapshot = readSnapshot(await readDayFile(path, options.jobs))
      const failures = nodeHours === undefined ? undefined : { nodeHours, repairHours }
      const played = comparePolicies({ snapshot, days, sigma, failures, seed }, policy, terminal.progress)
      const figures = played.map(({ policy: name, outcome: { log, kw, ...figures } }) => ({ policy: name, ...figures }))
      terminal.result({ day: snapshot.name, days, seed, policies: figures }, simulationLines(figures, terminal))
    })
}

type Speaker = Pick<Terminal, 'say'>

const policyOption = ({ say }: Speaker): Option =>
  new Option('--policy <names...>', say(WORDS.policy))
    .choices(COMPARED_POLICIES)
    .default(COMPARED_POLICIES, say(OPTION.all))

function between(least: number, most: number, terminal: Speaker) {
  const read = readNumber(terminal)
  return (text: string): number => {
    const value = read(text)
    if (value < least || value > most) throw new InvalidArgumentError(terminal.say(rangeText(least, most)))
    return value
  }
}

function within(least: number, most: number, terminal: Speaker) {
  const [whole, inside] = [readWhole(terminal), between(least, most, terminal)]
  return (text: string): number => inside(String(whole(text)))
}

const rangeText = (least: number, most: number): Text => ({
  en: `give a number from ${least} to ${most}`,
  zh: `请给出 ${least} 至 ${most} 之间的数。`,
})

const WORDS = {
  simulate: {
    en: 'play a day as it comes, jobs turning up one by one, under our policy and the simple ones',
    zh: '模拟作业陆续到来的一天，比较本系统与各简单策略',
  },
  days: { en: 'times that the day is played, one after the other', zh: '连续模拟的天数' },
  sigma: {
    en: 'owners misjudge their hours by exp(sigma z), z standard normal',
    zh: '申报时长的误差为 exp(标准差 × z)，z 服从标准正态分布',
  },
  nodeHours: {
    en: 'mean hours between failures of a node; none fails where absent',
    zh: '节点平均故障间隔（小时）；不写则无故障',
  },
  repairHours: { en: 'until a failed node is back', zh: '故障节点恢复所需时间' },
  seed: { en: 'of estimates, failures and the search', zh: '估时误差、故障与搜索的随机种子' },
  policy: { en: 'policies to play', zh: '要模拟的策略' },
} satisfies Record<string, Text>
