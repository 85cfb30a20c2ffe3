import type { TicketBoard, TicketTimesView, TicketView } from '@dengta/sdk'
import { at } from './golden-threat.ts'

const ACTIONS = ['start', 'wait', 'resolve', 'respond', 'look', 'assign', 'note', 'link'] as const
const STATES = ['new', 'acknowledged', 'in-progress', 'waiting', 'resolved', 'closed', 'reopened'] as const

const TICKET_TITLES = [
  { en: 'Encoded PowerShell on ws-finance-07', zh: 'ws-finance-07 上的 Encoded PowerShell' },
  { en: 'DNS tunnelling from web-02', zh: 'web-02 发起 DNS 隧道通信' },
] as const

const ticketOf = (i: number): TicketView => ({
  ...{
    id: `ticket_${i}`,
    version: 4,
    title: TICKET_TITLES[i % 2]!,
  },
  ...{ severity: i % 3 === 0 ? 'high' : 'medium', state: STATES[(i + 2) % 7]!, ...(i % 4 ? { assignee: '李静' } : {}) },
  clock: { event: at(0), detected: at(41), acknowledged: at(260), ...(i % 2 ? {} : { responded: at(900) }) },
  ...{
    changedAt: at(900 + i),
    reopenings: 0,
    looks: 2,
    actions: [...ACTIONS],
    ...(i % 7 === 1 ? { waitingFor: 'answer of the owner' } : {}),
  },
  notes: [{ at: at(300), author: '李静', text: '用户确认未运行该脚本' }],
  links: [
    { kind: 'incident', id: 'incident_00000' },
    { kind: 'run', id: 'run_0' },
  ],
})

const TICKETS = Array.from({ length: 14 }, (_, i) => ticketOf(i))
const BOARD: TicketBoard = {
  columns: STATES.map((state) => {
    const tickets = TICKETS.filter((ticket) => ticket.state === state)
    return { states: [state], total: state === 'closed' ? 1_204 : tickets.length, tickets }
  }),
}

const figure = (count: number, mean: number, median: number) => ({ count, without: 41 - count, mean, median })
const TIMES: TicketTimesView = {
  ...{
    days: 30,
    tickets: 41,
    triageDelayMinutes: 30,
    detect: figure(41, 1.2, 0.7),
    acknowledge: figure(38, 6.4, 4),
    respond: figure(30, 14.1, 9),
  },
  ...{ resolve: figure(22, 51, 38), close: figure(20, 66, 52) },
  modelled: {
    looks: 453,
    minutesPerLook: 5,
    minutes: 2_265,
    baselineGroups: 27_834,
    baselineMinutes: 139_170,
    share: 0.0163,
  },
  measured: { commands: 96, milliseconds: 81_400 },
}

const REPORT = '## Shift 2026-03-02\n\n- 41 incidents, 3 open\n- run_0 waits for a lead'

/** Tickets, their times and the hand-over of a shift, by path. */
export const GOLDEN_TICKET: Readonly<Record<string, unknown>> = {
  '/threat/tickets': { tickets: TICKETS, total: TICKETS.length },
  '/threat/ticket-board': BOARD,
  '/threat/tickets/ticket_0': ticketOf(0),
  '/threat/ticket-times': TIMES,
  '/threat/hand-over': {
    en: REPORT,
    zh: '## 班次 2026-03-02\n\n- 安全事件 41 起，未关闭 3 起\n- run_0 等待负责人审批',
  },
}
