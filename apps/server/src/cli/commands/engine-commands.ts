import type { EngineView } from '@dengta/sdk'
import type { Command } from 'commander'
import type { CommandContext } from '../context.ts'
import { formatTable } from '../table.ts'
import type { Terminal } from '../terminal.ts'
import { computeGroup } from './command-groups.ts'
import { PUBLIC_WORDS } from './public-compute-words.ts'

/** What runs the jobs of the house, and what it draws. */
export function engineCommands(program: Command, { terminal, connect }: CommandContext): void {
  computeGroup(program, terminal)
    .command('engine')
    .description(terminal.say(PUBLIC_WORDS.engine))
    .action(async () => {
      const engine = await connect((client) => client.getComputeEngine())
      terminal.result(engine, engineLines(engine, terminal))
    })
}

export function engineLines(view: EngineView, { say }: Pick<Terminal, 'say'>): string[] {
  const { engine, why, stepAt, jobs, sites } = view
  const head = `${engine ?? say({ en: 'no engine', zh: '无执行引擎' })}: ${say(why)}`
  if (stepAt === undefined) return [head, ...pastLines(view, { say })]
  const { running, waiting, held } = jobs
  const counts = {
    en: `${running} running, ${waiting} waiting, ${held} held; last step ${stepAt}`,
    zh: `运行 ${running}，等待 ${waiting}，暂缓 ${held}；最近一步 ${stepAt}`,
  }
  const rows = sites.map(({ site, kw, limitKw, running: here, events }) => [
    `  ${site}`,
    `${kw.toFixed(2)} / ${limitKw.toFixed(2)} kW`,
    say({ en: `${here} running`, zh: `运行 ${here}` }),
    events.join(', '),
  ])
  return [head, say(counts), ...formatTable(rows), ...pastLines(view, { say })]
}

/** Last contact, last error, the next attempt, and what was refused. */
function pastLines({ contactAt, lastError, retry, refused }: EngineView, { say }: Pick<Terminal, 'say'>): string[] {
  return [
    ...(contactAt ? [say({ en: `last contact ${contactAt}`, zh: `最近应答 ${contactAt}` })] : []),
    ...(lastError ? [`${say({ en: 'last error', zh: '最近错误' })} ${lastError.at}: ${say(lastError.text)}`] : []),
    ...(retry
      ? [
          say({
            en: `tried ${retry.attempts} times, next at ${retry.nextAt}`,
            zh: `已尝试 ${retry.attempts} 次，下次 ${retry.nextAt}`,
          }),
        ]
      : []),
    ...refused.map(({ job, at, reason }) => `  ✗ ${at}  ${job || '·'}  ${say(reason)}`),
  ]
}
