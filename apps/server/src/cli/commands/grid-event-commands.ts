import { defineErrors } from '@dengta/kernel'
import { type GridEventView, settlementCsv } from '@dengta/sdk'
import type { Command } from 'commander'
import type { CommandContext } from '../context.ts'
import { eventLines, eventRows } from '../event-lines.ts'
import { computeGroup } from './compute-group.ts'

export const eventCliErrors = defineErrors('event_cli', {
  not_settled: {
    kind: 'conflict',
    en: 'the event {id} is not settled yet; settle it once it is over with `dengta compute settle {id}`',
    zh: '事件 {id} 尚未结算；结束后请用 `dengta compute settle {id}` 结算',
  },
})

/** Grid events of the house: what was asked, promised and delivered. */
export function gridEventCommands(program: Command, { terminal, connect }: CommandContext): void {
  const events = computeGroup(program).command('events').description('grid events: list, show, minutes · 电网事件')
  events
    .command('list', { isDefault: true })
    .description('the newest first: asked and delivered · 新的在前')
    .action(async () => {
      const list = await connect((client) => client.listGridEvents())
      terminal.result(list, eventRows(list, terminal))
    })
  events
    .command('show <event>')
    .description('what was promised, and the settlement: baseline, energy, payment, record · 承诺与结算')
    .action(async (id: string) => {
      const event = await connect((client) => client.getGridEvent(id))
      terminal.result(event, eventLines(event, terminal))
    })
  events
    .command('minutes <event>')
    .description('the settlement minute by minute, CSV: baseline, target, drawn and delivered power · 逐分钟结算，CSV')
    .action(async (id: string) => {
      const event = await connect((client) => client.getGridEvent(id))
      terminal.result(event.settlement?.columns, [minutesOf(event)])
    })
}

/** Throws `event_cli.not_settled`. */
function minutesOf(event: GridEventView): string {
  if (!event.settlement) throw eventCliErrors.not_settled({ id: event.id })
  return settlementCsv(event, event.settlement).trimEnd()
}
