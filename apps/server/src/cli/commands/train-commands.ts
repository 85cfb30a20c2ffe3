import { writeFile } from 'node:fs/promises'
import { defineErrors } from '@dengta/kernel'
import { type Command, Option } from 'commander'
import { trainInWorker } from '../../programme/trainer.ts'
import { BASELINES } from '../../programme/walk.ts'
import type { CommandContext } from '../context.ts'
import { VERBS } from '../help/help-words.ts'
import { readWhole } from '../read-number.ts'
import { PROVE_WORDS as WORDS } from './prove-words.ts'

export const trainErrors = defineErrors('train', {
  no_reference: {
    kind: 'invalid',
    en: 'the benchmark {benchmark} offers no delayed reference, so there is nothing to adapt to; use --kind trees',
    zh: '基准 {benchmark} 不提供延迟参考值，模型无从自适应；请改用 --kind trees',
  },
})

interface TrainOptions {
  readonly kind: (typeof BASELINES)[number]
  readonly form?: 'linear' | 'trees' | 'onnx'
  readonly seed: number
}

export function trainCommands(program: Command, { terminal, connect }: CommandContext): void {
  const { say } = terminal
  program
    .command('train <benchmark> <file>')
    .description(say(WORDS.train))
    .helpGroup(say(VERBS.prove))
    .addOption(new Option('--kind <kind>', say(WORDS.baseline)).choices(BASELINES).default('trees'))
    .addOption(new Option('--form <form>', say(WORDS.modelForm)).choices(['linear', 'trees', 'onnx']))
    .option('--seed <number>', say(WORDS.trainerSeed), readWhole(terminal), 1)
    .action(async (benchmark: string, path: string, options: TrainOptions) => {
      const { kind, seed } = options
      const form = options.form ?? (kind === 'linear' ? 'linear' : 'trees')
      terminal.progress({ label: { en: `training ${kind}`, zh: `正在训练 ${kind}` }, done: 0, total: 0 })
      const model = await connect(async (client) => {
        const { definition, features } = await client.getBenchmark(benchmark)
        if (kind === 'trees-adaptive' && !features.some((name) => name.startsWith('ref.')))
          throw trainErrors.no_reference({ benchmark })
        const openRows = new Uint8Array(await (await client.downloadOpenRows(benchmark)).arrayBuffer())
        return trainInWorker({ definition, openRows, kind, form, seed })
      })
      await writeFile(path, model)
      terminal.result({ file: path, bytes: model.length }, [`${path}  ${model.length} B`])
    })
}
