import { type Client, fill, type Text, type TicketView } from '@dengta/sdk'
import type { Terminal } from '../terminal.ts'

/** What waits for people in the whole house, not only in the network of one replay. */
export interface LeftForPeople {
  /** `raised`: of these, groups that triage found to be attacks; they stand in incidents already. */
  readonly queues: readonly { readonly network: string; readonly groups: number; readonly raised: number }[]
  readonly tickets: number
  /** Of these, tickets whose incident ended by itself, without a verdict. */
  readonly quiet: number
}

export async function leftForPeople(client: Client): Promise<LeftForPeople> {
  const { networks } = await client.getTriageRisk()
  const queues: LeftForPeople['queues'][number][] = []
  for (const network of networks) {
    const { total: groups } = await client.getTriageQueue({ network, limit: 1 })
    const { total: raised } = await client.getTriageQueue({ network, action: 'escalate', limit: 1 })
    if (groups > 0) queues.push({ network, groups, raised })
  }
  const open = await openTickets(client)
  return { queues, tickets: open.length, quiet: open.filter((each) => each.quietSince !== undefined).length }
}

const PAGE = 1000

async function openTickets(client: Client): Promise<TicketView[]> {
  const open: TicketView[] = []
  for (let offset = 0; ; offset += PAGE) {
    const { tickets, total } = await client.listTickets({ limit: PAGE, offset })
    open.push(...tickets.filter(({ state }) => state !== 'resolved' && state !== 'closed'))
    if (tickets.length === 0 || offset + PAGE >= total) return open
  }
}

export function leftLines(
  { queues, tickets, quiet }: LeftForPeople,
  address: string | undefined,
  { say, language }: Pick<Terminal, 'say' | 'language'>,
): string[] {
  const named = queues.map((each) => fill(WORDS.queue[language], { ...each }))
  const told = (words: Text, fillings: Parameters<typeof fill>[1]) => fill(words[language], fillings)
  return [
    '',
    `${say(WORDS.waiting)}: ${named.join(', ') || 0}`,
    told(WORDS.tickets, { tickets, quiet }),
    address === undefined ? say(WORDS.noServer) : told(WORDS.console, { address }),
  ]
}

const WORDS = {
  waiting: { en: 'groups that wait for people, in the whole house', zh: '整个系统中等待人员的告警组' },
  queue: {
    en: '{groups} of {network} ({raised} in incidents)',
    zh: '{network} {groups} 组（其中 {raised} 组已归入安全事件）',
  },
  tickets: {
    en: 'open tickets: {tickets}; of {quiet} the incident ended with its log, without a verdict: they stay open until a person closes them',
    zh: '未结工单：{tickets}；其中 {quiet} 张的安全事件已随日志结束而无人下结论：工单保持打开，直至有人关闭',
  },
  console: { en: 'console: {address}/serve/threat', zh: '控制台：{address}/serve/threat' },
  noServer: { en: 'console: npm start, then /serve/threat', zh: '控制台：先执行 npm start，再打开 /serve/threat' },
} satisfies Record<string, Text>
