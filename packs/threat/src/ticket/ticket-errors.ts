import { defineErrors } from '@dengta/kernel'

export const ticketErrors = defineErrors('threat_ticket', {
  no_ticket: {
    kind: 'not_found',
    en: 'there is no ticket {id}; look it up in the list of tickets',
    zh: '没有工单 {id}；请在工单列表中查找',
  },
  illegal_step: {
    kind: 'conflict',
    en: 'a ticket that is {state} cannot be changed by "{action}"; possible now: {possible}',
    zh: '状态为 {state} 的工单不能执行“{action}”；当前可执行：{possible}',
  },
  backwards: {
    kind: 'invalid',
    en: 'the time {at} lies before {since}, the last change of the ticket; check the clock that reported it',
    zh: '时间 {at} 早于工单上次变更时间 {since}；请检查上报方的时钟',
  },
  stale: {
    kind: 'conflict',
    en: 'the ticket {id} has changed since it was read; read it again',
    zh: '工单 {id} 在读取之后已有变化；请重新读取',
  },
})
