import type { Role } from '@dengta/kernel'
import type { Command } from 'commander'
import type { CommandContext } from '../context.ts'
import { formatTable } from '../table.ts'

export function participantCommands(program: Command, { terminal, connect }: CommandContext): void {
  const participant = program
    .command('participant')
    .description('who takes part: add, list, issue tokens · 参与方')
    .helpGroup('Open 开放:')
  participant
    .command('add <id> <name>')
    .description('add a participant; its key is made and recorded')
    .requiredOption('--roles <roles>', 'comma-separated: owner, developer, operator, auditor')
    .action(async (id: string, name: string, options: { roles: string }) => {
      const roles = options.roles.split(',') as Role[]
      const view = await connect((client) => client.addParticipant({ id, name, roles }))
      terminal.result(view, [`${view.id}  ${view.roles.join(', ')}  ${view.keyId}`])
    })
  participant
    .command('list')
    .description('all participants')
    .action(async () => {
      const list = await connect((client) => client.listParticipants())
      terminal.result(
        list,
        formatTable(list.map((each) => [each.id, each.roles.join(','), each.keyId.slice(0, 16), each.name])),
      )
    })
  participant
    .command('token <id>')
    .description('issue a token; it is shown once, only its hash is kept')
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
    .description('revoke a token by its id, the part from tok_ to the next _')
    .action(async (id: string) => {
      await connect((client) => client.revokeToken(id))
      terminal.result({ id }, [terminal.say({ en: `${id} is revoked`, zh: `${id} 已吊销` })])
    })
}
