import type { Role } from '@dengta/kernel'
import type { Command } from 'commander'
import type { CommandContext } from '../context.ts'
import { VERBS } from '../help/help-words.ts'
import { called } from '../state-words.ts'
import { formatTable } from '../table.ts'
import { OPEN_WORDS as WORDS } from './open-words.ts'

export function participantCommands(program: Command, { terminal, connect }: CommandContext): void {
  const { say } = terminal
  const said = (roles: readonly Role[]): string => roles.map((role) => say(called('role', role))).join(', ')
  const participant = program.command('participant').description(say(WORDS.participant)).helpGroup(say(VERBS.open))
  participant
    .command('add <id> <name>')
    .description(say(WORDS.addParticipant))
    .requiredOption('--roles <roles>', say(WORDS.roles))
    .action(async (id: string, name: string, options: { roles: string }) => {
      const roles = options.roles.split(',') as Role[]
      const view = await connect((client) => client.addParticipant({ id, name, roles }))
      terminal.result(view, [`${view.id}  ${said(view.roles)}  ${view.keyId}`])
    })
  participant
    .command('list')
    .description(say(WORDS.participants))
    .action(async () => {
      const list = await connect((client) => client.listParticipants())
      terminal.result(
        list,
        formatTable(list.map((each) => [each.id, said(each.roles), each.keyId.slice(0, 16), each.name])),
      )
    })
  participant
    .command('token <id>')
    .description(say(WORDS.token))
    .action(async (id: string) => {
      const issued = await connect((client) => client.issueToken(id))
      terminal.result(issued, [issued.token])
      terminal.note({
        en: `valid until ${issued.expiresAt}; shown only this once; to revoke it: dengta participant revoke ${issued.id}`,
        zh: `有效期至 ${issued.expiresAt}；仅显示这一次；吊销命令：dengta participant revoke ${issued.id}`,
      })
    })
  participant
    .command('revoke <token>')
    .description(say(WORDS.revoke))
    .action(async (id: string) => {
      await connect((client) => client.revokeToken(id))
      terminal.result({ id }, [say({ en: `${id} is revoked`, zh: `${id} 已吊销` })])
    })
}
