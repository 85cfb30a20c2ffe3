import type { Command } from 'commander'
import type { CommandContext } from '../context.ts'
import { EXIT } from '../exit-codes.ts'
import { jsonText } from '../json-text.ts'
import { openFile } from '../open-file.ts'
import { findPlaybook } from '../threat/playbook-words.ts'
import { faultLines, playbookLines, playbookRows } from '../threat/response-lines.ts'
import { threatGroup } from './command-groups.ts'
import { RESPONSE_WORDS as WORDS } from './threat-response-words.ts'

/** Playbooks: those of the house, and CACAO files that are brought. */
export function threatPlaybookCommands(program: Command, { terminal, connect, exit }: CommandContext): void {
  const { say } = terminal
  const playbooks = threatGroup(program, terminal).command('playbooks').description(say(WORDS.playbooks))
  playbooks
    .command('list', { isDefault: true })
    .description(say(WORDS.listPlaybooks))
    .action(async () => {
      const list = await connect((client) => client.listPlaybooks())
      terminal.result(list, playbookRows(list, terminal))
    })
  playbooks
    .command('show <playbook>')
    .description(say(WORDS.showPlaybook))
    .action(async (words: string) => {
      const playbook = await connect(async (client) => client.getPlaybook(await findPlaybook(client, words)))
      terminal.result(playbook, playbookLines(playbook, terminal))
    })
  playbooks
    .command('lint <file>')
    .description(say(WORDS.lint))
    .action(async (file: string) => {
      const lint = await connect(async (client) => client.lintPlaybook(await openFile(file)))
      terminal.result(lint, lint.ok ? [`✓ ${file}`] : faultLines(lint.faults, terminal))
      if (!lint.ok) exit(EXIT.refused)
    })
  playbooks
    .command('export <playbook>')
    .description(say(WORDS.exportPlaybook))
    .action(async (words: string) => {
      const file = await connect(async (client) =>
        (await client.downloadPlaybook(await findPlaybook(client, words))).json(),
      )
      terminal.result(file, [jsonText(file, 2)])
    })
  playbooks
    .command('import <file>')
    .description(say(WORDS.importPlaybook))
    .action(async (file: string) => {
      const playbook = await connect(async (client) => client.importPlaybook(await openFile(file)))
      terminal.result(playbook, playbookLines(playbook, terminal))
    })
}
