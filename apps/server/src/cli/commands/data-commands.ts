import { readFile, writeFile } from 'node:fs/promises'
import type { Text } from '@dengta/kernel'
import type { Client, SealQuery } from '@dengta/sdk'
import { type Command, Option } from 'commander'
import type { CommandContext } from '../context.ts'
import { qualityLines, sealLines } from '../data-lines.ts'
import { EXIT } from '../exit-codes.ts'
import { VERBS } from '../help/help-words.ts'
import { openFile } from '../open-file.ts'
import { formatTable } from '../table.ts'
import { OPEN_WORDS as WORDS } from './open-words.ts'
import { OPTION } from './option-words.ts'

export function dataCommands(program: Command, context: CommandContext): void {
  const { terminal, connect, exit } = context
  const { say } = terminal
  const benchmark = program.command('benchmark').description(say(WORDS.benchmark)).helpGroup(say(VERBS.open))
  benchmark
    .command('define <file>')
    .description(say(WORDS.define))
    .option('--scenario <id>', say(WORDS.decides))
    .action(async (path: string, options: { scenario?: string }) => {
      const file = await readFile(path, 'utf8')
      const view = await connect((client) => client.defineBenchmark({ file, ...options }))
      terminal.result(view, [`${view.id}  ${say(view.title)}`, `  ${view.record}`])
    })
  benchmark
    .command('list')
    .description(say(WORDS.benchmarks))
    .action(async () => {
      const list = await connect((client) => client.listBenchmarks())
      terminal.result(
        list,
        formatTable(list.map((each) => [each.id, each.metric, String(each.threshold), say(each.title)])),
      )
    })

  const data = program.command('data').description(say(WORDS.data)).helpGroup(say(VERBS.open))
  data
    .command('seal <benchmark> <csv>')
    .description(say(WORDS.seal))
    .addOption(new Option('--origin <origin>', say(OPTION.origin)).choices(['real', 'simulated']).makeOptionMandatory())
    .requiredOption('--licence <text>', say(WORDS.licence))
    .requiredOption('--source <text>', say(WORDS.source))
    .action(async (id: string, path: string, query: SealQuery) => {
      terminal.progress({ label: { en: `sealing ${path}`, zh: `正在封存 ${path}` }, done: 0, total: 0 })
      const file = await openFile(path)
      const answer = await connect((client) => client.sealData(id, query, file))
      terminal.result(answer, [...sealLines(answer, terminal), ...qualityLines(answer.report, terminal)])
      if (answer.state === 'sealed' && answer.leak.verdict === 'fail') terminal.note(LEAKY)
      exit(answer.state === 'sealed' && answer.leak.verdict === 'pass' ? EXIT.ok : EXIT.refused)
    })
  data
    .command('quality <benchmark>')
    .description(say(WORDS.quality))
    .action(async (id: string) => {
      const report = await connect((client) => client.getQualityReport(id))
      terminal.result(report, qualityLines(report, terminal))
      exit(report.verdict === 'pass' ? EXIT.ok : EXIT.refused)
    })
  downloadCommand(data, context, {
    name: 'open',
    what: WORDS.openRows,
    from: (client, id) => client.downloadOpenRows(id),
  })
  downloadCommand(data, context, {
    name: 'features',
    what: WORDS.features,
    from: (client, id) => client.downloadHiddenFeatures(id),
  })
}

const LEAKY: Text = {
  en: 'the leak check failed, so G2 stays closed; where hidden rows also stand in the open part, the data is withheld: divide it otherwise and seal it again',
  zh: '泄漏检查未通过，G2 保持关闭；若隐藏数据同时出现在公开部分，则数据暂不提供：请更换划分方式后重新封存',
}

interface Download {
  readonly name: string
  readonly what: Text
  readonly from: (client: Client, benchmark: string) => Promise<Response>
}

function downloadCommand(data: Command, { terminal, connect }: CommandContext, { name, what, from }: Download): void {
  data
    .command(`${name} <benchmark> <file>`)
    .description(terminal.say(what))
    .action(async (id: string, path: string) => {
      const bytes = await connect(async (client) => new Uint8Array(await (await from(client, id)).arrayBuffer()))
      await writeFile(path, bytes)
      terminal.result({ file: path, bytes: bytes.length }, [`${path}  ${bytes.length} B`])
    })
}
