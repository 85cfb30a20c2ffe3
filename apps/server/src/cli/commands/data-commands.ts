import { readFile, writeFile } from 'node:fs/promises'
import type { Text } from '@dengta/kernel'
import type { Client, SealQuery } from '@dengta/sdk'
import { type Command, Option } from 'commander'
import type { CommandContext } from '../context.ts'
import { qualityLines, sealLines } from '../data-lines.ts'
import { EXIT } from '../exit-codes.ts'
import { openFile } from '../open-file.ts'
import { formatTable } from '../table.ts'

export function dataCommands(program: Command, context: CommandContext): void {
  const { terminal, connect, exit } = context
  const benchmark = program
    .command('benchmark')
    .description('define and read benchmarks · 基准')
    .helpGroup('Open 开放:')
  benchmark
    .command('define <file>')
    .description('define a benchmark from its YAML or JSON file')
    .option('--scenario <id>', 'the scenario that it decides')
    .action(async (path: string, options: { scenario?: string }) => {
      const file = await readFile(path, 'utf8')
      const view = await connect((client) => client.defineBenchmark({ file, ...options }))
      terminal.result(view, [`${view.id}  ${terminal.say(view.title)}`, `  ${view.record}`])
    })
  benchmark
    .command('list')
    .description('all benchmarks')
    .action(async () => {
      const list = await connect((client) => client.listBenchmarks())
      terminal.result(
        list,
        formatTable(list.map((each) => [each.id, each.metric, String(each.threshold), terminal.say(each.title)])),
      )
    })

  const data = program
    .command('data')
    .description('seal data sets and read their quality reports · 数据集')
    .helpGroup('Open 开放:')
  data
    .command('seal <benchmark> <csv>')
    .description('check, split, commit and hide the rows of a CSV; the hidden part never leaves again')
    .addOption(
      new Option('--origin <origin>', 'where the rows come from').choices(['real', 'simulated']).makeOptionMandatory(),
    )
    .requiredOption('--licence <text>', 'the terms of the data')
    .requiredOption('--source <text>', 'whose data it is and how it was obtained')
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
    .description('the quality report of the newest data, by row and column; for its owner')
    .action(async (id: string) => {
      const report = await connect((client) => client.getQualityReport(id))
      terminal.result(report, qualityLines(report, terminal))
      exit(report.verdict === 'pass' ? EXIT.ok : EXIT.refused)
    })
  downloadCommand(data, context, {
    name: 'open',
    what: 'save the open rows as CSV',
    from: (client, id) => client.downloadOpenRows(id),
  })
  downloadCommand(data, context, {
    name: 'features',
    what: 'save the features of the hidden rows as CSV, where the benchmark takes predictions',
    from: (client, id) => client.downloadHiddenFeatures(id),
  })
}

const LEAKY: Text = {
  en: 'the leak check failed, so G2 stays closed; where hidden rows also stand in the open part, the data is withheld: divide it otherwise and seal it again',
  zh: '泄漏检查未通过，G2 保持关闭；若隐藏数据同时出现在公开部分，则数据暂不提供：请更换划分方式后重新封存',
}

interface Download {
  readonly name: string
  readonly what: string
  readonly from: (client: Client, benchmark: string) => Promise<Response>
}

function downloadCommand(data: Command, { terminal, connect }: CommandContext, { name, what, from }: Download): void {
  data
    .command(`${name} <benchmark> <file>`)
    .description(what)
    .action(async (id: string, path: string) => {
      const bytes = await connect(async (client) => new Uint8Array(await (await from(client, id)).arrayBuffer()))
      await writeFile(path, bytes)
      terminal.result({ file: path, bytes: bytes.length }, [`${path}  ${bytes.length} B`])
    })
}
