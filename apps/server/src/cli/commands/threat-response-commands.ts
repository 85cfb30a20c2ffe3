import type { ConsentView, DeliveryQuery, RunDetail, RunQuery } from '@dengta/sdk'
import { type Command, Option } from 'commander'
import type { CommandContext } from '../context.ts'
import { EXIT } from '../exit-codes.ts'
import { given } from '../given.ts'
import { openFile } from '../open-file.ts'
import { readWhole } from '../read-number.ts'
import { findPlaybook, readInputs } from '../threat/playbook-words.ts'
import {
  deliveryRows,
  dryLines,
  faultLines,
  playbookLines,
  playbookRows,
  runLines,
  runRows,
  webhookRows,
} from '../threat/response-lines.ts'

/** Playbooks, their runs, and where findings are told. */
export function threatResponseCommands(program: Command, context: CommandContext): void {
  const threat = program.commands.find((each) => each.name() === 'threat')
  if (!threat) throw new TypeError('the offline threat commands come first')
  playbookCommands(threat, context)
  const run = threat.command('run').description('responses: list, show, dry run, start, consent, undo · 响应')
  startCommands(run, context)
  stepCommands(run, context)
  webhookCommands(threat, context)
}

function playbookCommands(threat: Command, { terminal, connect, exit }: CommandContext): void {
  const playbooks = threat.command('playbooks').description('playbooks: list, show, check, import, export · 剧本')
  playbooks
    .command('list', { isDefault: true })
    .description('id, name, the highest consent that a step asks for, inputs')
    .action(async () => {
      const list = await connect((client) => client.listPlaybooks())
      terminal.result(list, playbookRows(list, terminal))
    })
  playbooks
    .command('show <playbook>')
    .description('by id or name: inputs and steps')
    .action(async (words: string) => {
      const playbook = await connect(async (client) => client.getPlaybook(await findPlaybook(client, words)))
      terminal.result(playbook, playbookLines(playbook, terminal))
    })
  playbooks
    .command('lint <file>')
    .description('every fault of a CACAO 2.0 file; nothing is kept; exit code 1 where there is one')
    .action(async (file: string) => {
      const lint = await connect(async (client) => client.lintPlaybook(await openFile(file)))
      terminal.result(lint, lint.ok ? [`✓ ${file}`] : faultLines(lint.faults, terminal))
      if (!lint.ok) exit(EXIT.refused)
    })
  playbooks
    .command('export <playbook>')
    .description('the CACAO 2.0 file, to change it or to take it elsewhere')
    .action(async (words: string) => {
      const file = await connect(async (client) =>
        (await client.downloadPlaybook(await findPlaybook(client, words))).json(),
      )
      terminal.result(file, [JSON.stringify(file, null, 2)])
    })
  playbooks
    .command('import <file>')
    .description('keep a CACAO 2.0 file')
    .action(async (file: string) => {
      const playbook = await connect(async (client) => client.importPlaybook(await openFile(file)))
      terminal.result(playbook, playbookLines(playbook, terminal))
    })
}

interface Inputs {
  readonly input?: readonly string[]
  readonly incident?: string
}

interface StartOptions extends Inputs {
  readonly reason: string
  readonly ticket?: string
}

const inputOption = (): Option => new Option('--input <name=value...>', 'inputs of the playbook, such as host=web-1')

function startCommands(run: Command, { terminal, connect }: CommandContext): void {
  run
    .command('dry <playbook>')
    .description('exactly what it would send, how that is checked and undone; nothing is sent')
    .addOption(inputOption())
    .option('--incident <id>', 'the incident that it would be for')
    .action(async (words: string, { input = [], incident }: Inputs) => {
      const body = given({ inputs: readInputs(input), incident })
      const dry = await connect(async (client) => client.dryRunPlaybook(await findPlaybook(client, words), body))
      terminal.result(dry, dryLines(dry, terminal))
    })
  run
    .command('start <playbook>')
    .description('begin in earnest: it goes on until it asks somebody or ends')
    .addOption(inputOption())
    .requiredOption('--reason <words>', 'why')
    .option('--incident <id>', 'the incident that it is for; of a replay it stays in the simulator')
    .option('--ticket <id>', 'the ticket that it is for')
    .action(async (words: string, { input = [], reason, incident, ticket }: StartOptions) => {
      const about = { inputs: readInputs(input), reason, ...given({ incident, ticket }) }
      const started = await connect(async (client) =>
        client.startRun({ playbook: await findPlaybook(client, words), ...about }),
      )
      terminal.result(started, runLines(started, terminal))
    })
}

function stepCommands(run: Command, { terminal, connect, exit }: CommandContext): void {
  const tell = (view: RunDetail): void => terminal.result(view, runLines(view, terminal))
  run
    .command('list', { isDefault: true })
    .description('the newest first')
    .option('--status <status>', 'running, waiting, succeeded, failed, cancelled, undoing, undone or undo-failed')
    .option('--incident <id>', 'only of this incident')
    .option('--limit <number>', 'so many at most', readWhole, 100)
    .action(async ({ status, incident, limit }: RunQuery) => {
      const runs = await connect((client) => client.listRuns(given({ status, incident, limit })))
      terminal.result(runs, runRows(runs, terminal))
    })
  run
    .command('show <run>')
    .description('what it waits for, and its journal')
    .action(async (id: string) => tell(await connect((client) => client.getRun(id))))
  run
    .command('consent <run> <digest>')
    .description('to exactly what "show" says that is sent; exit code 1 where you may not')
    .action(async (id: string, digest: string) => {
      const consent = await connect((client) => client.approveRun(id, digest))
      terminal.result(consent, [...refusals(consent, terminal.say), ...runLines(consent.run, terminal)])
      if (!consent.ok) exit(EXIT.refused)
    })
  run
    .command('refuse <run> <reason>')
    .description('say no: the run is cancelled')
    .action(async (id: string, reason: string) => tell(await connect((client) => client.refuseRun(id, reason))))
  run
    .command('report <run> <detail>')
    .description('word on work by hand, or on a command whose answer was lost')
    .option('--failed', 'it did not work')
    .action(async (id: string, detail: string, { failed = false }: { failed?: boolean }) =>
      tell(await connect((client) => client.reportRun(id, { ok: !failed, detail }))),
    )
  run
    .command('undo <run>')
    .description('take back what it did, in reverse order')
    .action(async (id: string) => tell(await connect((client) => client.undoRun(id))))
  run
    .command('resume <run>')
    .description('carry on after a crash')
    .action(async (id: string) => tell(await connect((client) => client.resumeRun(id))))
}

const refusals = ({ reasons }: ConsentView, say: CommandContext['terminal']['say']): string[] =>
  reasons.map(({ text, code }) => `✗ ${say(text)} [${code}]`)

function webhookCommands(threat: Command, { terminal, connect }: CommandContext): void {
  const webhooks = threat.command('webhooks').description('where findings are told: list, add, remove · 推送')
  webhooks
    .command('list', { isDefault: true })
    .description('endpoints, and what has not arrived')
    .action(async () => {
      const list = await connect((client) => client.listWebhooks())
      terminal.result(list, webhookRows(list, terminal))
    })
  webhooks
    .command('add <id> <url>')
    .description('an https address on a public host')
    .requiredOption(
      '--secret <name...>',
      'files in the secrets folder of the house, one or two; never the secret itself',
    )
    .action(async (id: string, url: string, { secret: secrets }: { secret: string[] }) => {
      const added = await connect((client) => client.addWebhook({ id, url, secrets }))
      terminal.result(added, webhookRows([added], terminal))
    })
  webhooks
    .command('remove <id>')
    .description('nothing more is sent there')
    .action(async (id: string) => {
      const list = await connect((client) => client.removeWebhook(id))
      terminal.result(list, webhookRows(list, terminal))
    })
  webhooks
    .command('outbox')
    .description('deliveries, the newest first')
    .addOption(new Option('--state <state>', 'only these').choices(['pending', 'delivered', 'dead']))
    .action(async ({ state }: DeliveryQuery) => {
      const list = await connect((client) => client.listDeliveries(given({ state })))
      terminal.result(list, deliveryRows(list, terminal))
    })
  webhooks
    .command('revive <delivery>')
    .description('put a dead delivery back')
    .action(async (id: string) => {
      const delivery = await connect((client) => client.reviveDelivery(id))
      terminal.result(delivery, deliveryRows([delivery], terminal))
    })
}
