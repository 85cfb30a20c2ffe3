import { readFile } from 'node:fs/promises'
import type { ScenarioView } from '@dengta/sdk'
import type { Command } from 'commander'
import type { CommandContext } from '../context.ts'
import { gateLine } from '../gate-lines.ts'
import { formatTable } from '../table.ts'

export function scenarioCommands(program: Command, context: CommandContext): void {
  const { terminal, connect } = context
  const scenario = program
    .command('scenario')
    .description('state, list and read scenarios · 场景')
    .helpGroup('Open 开放:')

  scenario
    .command('state <file>')
    .description('state a scenario from its YAML or JSON file; a later file replaces it, the earlier record stays')
    .action(async (path: string) => {
      const file = await readFile(path, 'utf8')
      const view = await connect((client) => client.stateScenario({ file }))
      terminal.result(view, describe(view, context))
    })

  scenario
    .command('list')
    .description('all scenarios with their stage')
    .action(async () => {
      const list = await connect((client) => client.listScenarios())
      terminal.result(
        list,
        formatTable(list.map((each) => [each.id, each.stage, each.owner, terminal.say(each.title)])),
      )
    })

  scenario
    .command('show <id>')
    .description('one scenario: pain point, criteria, gates and why each stands as it does')
    .action(async (id: string) => {
      const view = await connect((client) => client.getScenario(id))
      terminal.result(view, describe(view, context))
    })
}

function describe(view: ScenarioView, { terminal }: CommandContext): string[] {
  const { say } = terminal
  const { painPoint, requirement } = view
  return [
    `${view.id}  ${say(view.title)}  [${view.stage}]`,
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
