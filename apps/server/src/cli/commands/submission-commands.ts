import { setTimeout as wait } from 'node:timers/promises'
import type { BoardView, Client, SubmissionForm, SubmissionView } from '@dengta/sdk'
import { type Command, Option } from 'commander'
import type { CommandContext } from '../context.ts'
import { EXIT } from '../exit-codes.ts'
import { forestPlot } from '../forest-plot.ts'
import { VERBS } from '../help/help-words.ts'
import { openFile } from '../open-file.ts'
import { called } from '../state-words.ts'
import { formatTable } from '../table.ts'
import type { Terminal } from '../terminal.ts'
import { PROVE_WORDS as WORDS } from './prove-words.ts'

const FORMS: readonly SubmissionForm[] = ['predictions', 'linear', 'trees', 'onnx']

export function submissionCommands(program: Command, { terminal, connect, exit }: CommandContext): void {
  const { say } = terminal
  program
    .command('submit <benchmark> <file>')
    .description(say(WORDS.submit))
    .helpGroup(say(VERBS.prove))
    .addOption(new Option('--form <form>', say(WORDS.form)).choices(FORMS).makeOptionMandatory())
    .requiredOption('--name <name>', say(WORDS.name))
    .option('--no-wait', say(WORDS.noWait))
    .action(async (benchmark: string, path: string, options: { form: SubmissionForm; name: string; wait: boolean }) => {
      const file = await openFile(path)
      const { form, name } = options
      const view = await connect(async (client) => {
        const accepted = await client.submitModel(benchmark, { form, name }, file)
        return options.wait ? awaitScore(client, accepted.id, terminal) : accepted
      })
      terminal.result(view, submissionLines(view, terminal))
      exit(view.state === 'refused' ? EXIT.refused : EXIT.ok)
    })

  program
    .command('replay <submission>')
    .description(say(WORDS.replay))
    .helpGroup(say(VERBS.prove))
    .action(async (id: string) => {
      const view = await connect((client) => client.replaySubmission(id))
      terminal.result(view, submissionLines(view, terminal))
      exit(view.replay?.same ? EXIT.ok : EXIT.refused)
    })

  program
    .command('board <benchmark>')
    .description(say(WORDS.board))
    .helpGroup(say(VERBS.prove))
    .action(async (benchmark: string) => {
      const board = await connect((client) => client.getBoard(benchmark))
      terminal.result(board, boardLines(board, terminal))
    })
}

/** Asks until the submission is scored or refused. */
export async function awaitScore(
  client: Client,
  id: string,
  { progress }: Pick<Terminal, 'progress'>,
): Promise<SubmissionView> {
  for (;;) {
    const view = await client.getSubmission(id)
    if (view.state === 'scored' || view.state === 'refused') return view
    progress({
      label: {
        en: `${view.name}: ${called('submission', view.state).en}`,
        zh: `${view.name}：${called('submission', view.state).zh}`,
      },
      done: 0,
      total: 0,
    })
    await wait(100)
  }
}

function submissionLines(view: SubmissionView, { say }: Terminal): string[] {
  const lines = [`${view.id}  ${view.name}  ${say(called('submission', view.state))}`]
  if (view.refusal) lines.push(`  ✗ ${say(view.refusal.text)} [${view.refusal.code}]`)
  if (view.evaluation) {
    const { result, cost, record } = view.evaluation
    const { value, low, high, method } = result.score
    lines.push(
      `  ${result.metric} ${figure(value)} [${figure(low)}, ${figure(high)}] ${method}`,
      ...[...result.periods, ...result.groups].map(
        (part) => `    ${part.part}: ${figure(part.value)} [${figure(part.low)}, ${figure(part.high)}] (${part.rows})`,
      ),
      `  ${cost.cpuSeconds} CPU-s · ${Math.round(cost.peakBytes / 2 ** 20)} MiB · ${cost.joules} J`,
      `  ${say({ en: 'record', zh: '凭证' })} ${record}`,
    )
  }
  if (view.replay)
    lines.push(
      `  ${say(view.replay.same ? { en: 'replay: same bytes', zh: '重放：逐字节一致' } : { en: 'replay: DIFFERENT', zh: '重放：结果不同' })}`,
    )
  return lines
}

function boardLines(board: BoardView, terminal: Terminal): string[] {
  const rows = board.rows.map((row) => ({ label: row.name, ...row.score }))
  const plot = forestPlot(rows, {
    threshold: board.threshold,
    cells: Math.max(20, Math.min(48, terminal.columns - 60)),
  })
  const table = board.rows.map((row, i) => [
    String(row.tier),
    row.name,
    figure(row.score.value),
    plot[i] ?? '',
    row.periods.map((part) => `${part.part} ${figure(part.value)}`).join('  '),
    row.meetsThreshold ? '✓' : '✗',
  ])
  const { say } = terminal
  if (board.rows.length === 0)
    return [say(board.title), say({ en: 'no score yet on the data sealed last', zh: '最近封存的数据尚无评分' })]
  const header = [
    say({ en: 'tier', zh: '档' }),
    say({ en: 'name', zh: '名称' }),
    board.metric,
    `┊ ${board.threshold}`,
    say({ en: 'by period', zh: '分时段' }),
    '',
  ]
  return [say(board.title), ...formatTable([header, ...table])]
}

function figure(value: number): string {
  return value.toFixed(3)
}
