import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '@dengta/kernel'
import { type Client, type ReplayView, shellWord } from '@dengta/sdk'
import { threatErrors } from '@dengta/threat'
import type { Command } from 'commander'
import { findServer } from '../connect.ts'
import type { CommandContext } from '../context.ts'
import { EXIT } from '../exit-codes.ts'
import { readNumber } from '../read-number.ts'
import type { Terminal } from '../terminal.ts'
import { handleIncident } from '../threat/handle-incident.ts'
import { leftForPeople, leftLines } from '../threat/left-for-people.ts'
import { outcomeLines, riskLines } from '../threat/outcome-lines.ts'
import { threatGroup } from './command-groups.ts'
import { THREAT_WORDS as WORDS } from './threat-words.ts'

interface DemoOptions {
  readonly speed: number
  readonly network?: string
  readonly data?: string
  readonly sample?: boolean
  readonly events: boolean
}

/** The commands of the threat pack that need the house: they stand beside the offline ones. */
export function threatServiceCommands(program: Command, context: CommandContext): void {
  const threat = threatGroup(program, context.terminal)
  demoCommand(threat, context)
  riskCommand(threat, context)
  proveCommand(threat, context)
  scenarioCommand(threat, context)
}

function demoCommand(threat: Command, { config, terminal, connect }: CommandContext): void {
  const { say } = terminal
  threat
    .command('demo')
    .description(say(WORDS.demo))
    .option('--speed <times>', say(WORDS.speed), readNumber(terminal), 0)
    .option('--network <name>', say(WORDS.unseenNetwork))
    .option('--data <folder>', say(WORDS.dataFolder))
    .option('--sample', say(WORDS.sample))
    .option('--no-events', say(WORDS.noEvents))
    .action(async (options: DemoOptions) => {
      if (options.data !== undefined) process.env.DENGTA_DATA = options.data
      await connect(async (client) => {
        const { speed, network, sample = false, events } = options
        const replay = await client.startReplay({
          speed,
          sample,
          events,
          ...(network === undefined ? {} : { network }),
        })
        const done = await awaitReplay(client, replay.id, terminal)
        await handleIncident(client, done, terminal)
        const files = await exportEvidence(client, done, config().home)
        const left = await leftForPeople(client)
        const address = (await findServer(config().home))?.address
        const lines = [...outcomeLines(done, terminal), ...leftLines(left, address, terminal)]
        terminal.result({ ...done, left }, [...lines, '', verifyLine(files)])
      })
    })
}

const ASK_AGAIN_MS = 250

/** Asks until the replay has ended; throws what it failed with. */
async function awaitReplay(client: Client, id: string, { progress }: Terminal): Promise<ReplayView> {
  for (;;) {
    const replay = await client.getReplay(id)
    if (replay.state === 'done') return replay
    if (replay.state === 'cancelled') throw threatErrors.replay_stopped({ id })
    if (replay.failure) throw new AppError('unavailable', replay.failure.code, replay.failure.text)
    const { share = 0, step = WAITING } = replay.progress ?? {}
    progress({ label: step, done: Math.round(100 * share), total: 100 })
    await sleep(ASK_AGAIN_MS)
  }
}

const WAITING = { en: 'waiting to begin', zh: '等待开始' }

/** All records of the replay as one file that anyone can verify, and the trust root beside it. */
async function exportEvidence(
  client: Client,
  { id }: ReplayView,
  home: string,
): Promise<{ file: string; trust: string }> {
  const folder = join(home, 'exports')
  await mkdir(folder, { recursive: true })
  const [file, trust] = [join(folder, `${id}.json`), join(folder, 'trust.json')]
  await writeFile(file, JSON.stringify(await client.exportReplay(id)))
  await writeFile(trust, JSON.stringify(await client.getTrust(), null, 2))
  return { file, trust }
}

const verifyLine = ({ file, trust }: { file: string; trust: string }): string =>
  `npx dengta verify ${shellWord(file)} --trust ${shellWord(trust)}`

function riskCommand(threat: Command, { terminal, connect }: CommandContext): void {
  threat
    .command('risk [network]')
    .description(terminal.say(WORDS.risk))
    .action(async (network: string | undefined) => {
      const risk = await connect((client) => client.getTriageRisk(network === undefined ? {} : { network }))
      terminal.result(risk, riskLines(risk, terminal))
    })
}

function proveCommand(threat: Command, { terminal, connect, exit }: CommandContext): void {
  threat
    .command('prove <group>')
    .description(terminal.say(WORDS.prove))
    .action(async (group: string) => {
      const { proveGroup } = await import('../threat/prove-group.ts')
      const proof = await connect((client) => proveGroup(client, group))
      const { report, line } = proof
      const lines = report.checks.map(({ ok, text }) => `${ok ? '✓' : '✗'} ${terminal.say(text)}`)
      terminal.result(proof, [line, '', ...lines])
      if (!report.ok) exit(EXIT.refused)
    })
}

function scenarioCommand(threat: Command, { config, terminal }: CommandContext): void {
  threat
    .command('scenario')
    .description(terminal.say(WORDS.scenario))
    .action(async () => {
      const { runThreatScenario } = await import('../../programme/run-threat-scenario.ts')
      await runThreatScenario(config(), terminal)
    })
}
