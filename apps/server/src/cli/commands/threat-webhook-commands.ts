import type { DeliveryQuery } from '@dengta/sdk'
import { type Command, Option } from 'commander'
import type { CommandContext } from '../context.ts'
import { given } from '../given.ts'
import { deliveryRows, webhookRows } from '../threat/response-lines.ts'
import { threatGroup } from './command-groups.ts'
import { OPTION } from './option-words.ts'
import { RESPONSE_WORDS as WORDS } from './threat-response-words.ts'

/** Where findings are told, and what has not arrived. */
export function threatWebhookCommands(program: Command, { terminal, connect }: CommandContext): void {
  const { say } = terminal
  const webhooks = threatGroup(program, terminal).command('webhooks').description(say(WORDS.webhooks))
  webhooks
    .command('list', { isDefault: true })
    .description(say(WORDS.listWebhooks))
    .action(async () => {
      const list = await connect((client) => client.listWebhooks())
      terminal.result(list, webhookRows(list, terminal))
    })
  webhooks
    .command('add <id> <url>')
    .description(say(WORDS.addWebhook))
    .requiredOption('--secret <name...>', say(WORDS.secret))
    .action(async (id: string, url: string, { secret: secrets }: { secret: string[] }) => {
      const added = await connect((client) => client.addWebhook({ id, url, secrets }))
      terminal.result(added, webhookRows([added], terminal))
    })
  webhooks
    .command('remove <id>')
    .description(say(WORDS.removeWebhook))
    .action(async (id: string) => {
      const list = await connect((client) => client.removeWebhook(id))
      terminal.result(list, webhookRows(list, terminal))
    })
  webhooks
    .command('outbox')
    .description(say(WORDS.outbox))
    .addOption(new Option('--state <state>', say(OPTION.state)).choices(['pending', 'delivered', 'dead']))
    .action(async ({ state }: DeliveryQuery) => {
      const list = await connect((client) => client.listDeliveries(given({ state })))
      terminal.result(list, deliveryRows(list, terminal))
    })
  webhooks
    .command('revive <delivery>')
    .description(say(WORDS.revive))
    .action(async (id: string) => {
      const delivery = await connect((client) => client.reviveDelivery(id))
      terminal.result(delivery, deliveryRows([delivery], terminal))
    })
}
