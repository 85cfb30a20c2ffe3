import { openAsBlob } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { QualityReport, SealAnswer, SealQuery } from '@dengta/sdk'
import { type Command, Option } from 'commander'
import type { CommandContext } from '../context.ts'
import { EXIT } from '../exit-codes.ts'
import { formatTable } from '../table.ts'
import type { Terminal } from '../terminal.ts'

export function dataCommands(program: Command, { terminal, connect, exit }: CommandContext): void {
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
      const file = await openAsBlob(path)
      const answer = await connect((client) => client.sealData(id, query, file))
      terminal.result(answer, [...sealLines(answer, terminal), ...qualityLines(answer.report, terminal)])
      exit(answer.state === 'sealed' ? EXIT.ok : EXIT.refused)
    })
  data
    .command('quality <benchmark>')
    .description('the quality report of the newest data, by row and column; for its owner')
    .action(async (id: string) => {
      const report = await connect((client) => client.getQualityReport(id))
      terminal.result(report, qualityLines(report, terminal))
      exit(report.verdict === 'pass' ? EXIT.ok : EXIT.refused)
    })
}

function sealLines(answer: SealAnswer, { say }: Terminal): string[] {
  if (answer.state === 'refused') return [say({ en: 'refused: nothing was sealed', zh: '已拒绝：未封存任何内容' })]
  const { leak } = answer
  return [
    `${answer.dataset}  ${answer.rows} = ${answer.openRows} + ${answer.hiddenRows}`,
    `  ${say({ en: 'commitment', zh: '承诺值' })} ${answer.commitment}`,
    `  ${say({ en: 'leak check', zh: '泄漏检查' })} ${leak.verdict}: ${leak.exactVectors} / ${leak.exactRows}`,
  ]
}

function qualityLines(report: QualityReport, { say }: Terminal): string[] {
  const more = report.more > 0 ? [`  … +${report.more}`] : []
  return [
    `  ${say({ en: 'quality', zh: '数据质量' })} ${report.verdict} (${report.rowsChecked})`,
    ...report.faults.slice(0, 20).map((fault) => `  ${fault.row}:${fault.column}  ${say(fault.text)}`),
    ...more,
  ]
}
