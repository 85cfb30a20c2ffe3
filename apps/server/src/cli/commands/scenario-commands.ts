import { readFile } from 'node:fs/promises'
import type { ScenarioView } from '@dengta/sdk'
import type { Command } from 'commander'
import type { CommandContext } from '../context.ts'
import { gateLine } from '../gate-lines.ts'
import { VERBS } from '../help/help-words.ts'
import { called } from '../state-words.ts'
import { formatTable } from '../table.ts'
import { OPEN_WORDS as WORDS } from './open-words.ts'

export function scenarioCommands(program: Command, context: CommandContext): void {
  const { terminal, connect } = context
  const { say } = terminal
  const scenario = program.command('scenario').description(say(WORDS.scenario)).helpGroup(say(VERBS.open))

  scenario
    .command('state <file>')
    .description(say(WORDS.stateScenario))
    .action(async (path: string) => {
      const file = await readFile(path, 'utf8')
      const view = await connect((client) => client.stateScenario({ file }))
      terminal.result(view, describe(view, context))
    })

  scenario
    .command('list')
    .description(say(WORDS.scenarios))
    .action(async () => {
      const list = await connect((client) => client.listScenarios())
      terminal.result(
        list,
        formatTable(list.map((each) => [each.id, say(called('scenario', each.stage)), each.owner, say(each.title)])),
      )
    })

  scenario
    .command('show <id>')
    .description(say(WORDS.showScenario))
    .action(async (id: string) => {
      const view = await connect((client) => client.getScenario(id))
      terminal.result(view, describe(view, context))
    })
}

function describe(view: ScenarioView, { terminal }: CommandContext): string[] {
  const { say } = terminal
  const { painPoint, requirement } = view
  return [
    `${view.id}  ${say(view.title)}  [${say(called('scenario', view.stage))}]`,
    `  ${say(painPoint.decision)} · ${say(painPoint.actor)} · ${say(painPoint.place)} · ${say(painPoint.frequency)}`,
    `  ${say(painPoint.quantity)}: ${painPoint.baseline.value} ${painPoint.baseline.unit}`,
    `  ${say(requirement.summary)}`,
    ...requirement.criteria.map(
      (each) =>
        `  ${each.id}: ${each.metric} ${each.direction === 'higher' ? '≥' : '≤'} ${each.threshold} (${each.benchmark})`,
    ),
    ...view.gates.flatMap((gate) => gateLine(gate, terminal)),
  ]
}
