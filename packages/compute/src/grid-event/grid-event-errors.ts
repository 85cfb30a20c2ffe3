import { defineErrors } from '@dengta/kernel'

export const gridEventErrors = defineErrors('grid_event', {
  missing: {
    kind: 'not_found',
    en: 'there is no grid event {id}; see GET /api/v1/compute/events for those there are',
    zh: '没有编号为 {id} 的电网响应事件；可用 GET /api/v1/compute/events 查看',
  },
  outside_day: {
    kind: 'invalid',
    en: 'minutes {from} to {to} lie outside the day of {day} minutes; choose an earlier start or a shorter event',
    zh: '第 {from} 至 {to} 分钟超出当日的 {day} 分钟；请提前开始时间或缩短时长',
  },
  no_site: {
    kind: 'invalid',
    en: 'the plan has no site {site}; its sites are {known}',
    zh: '计划中没有站点 {site}；现有站点：{known}',
  },
  over: {
    kind: 'conflict',
    en: 'the event would have begun at {from}, which is past; announce it for a later time, or rehearse it',
    zh: '事件应于 {from} 开始，该时间已过；请改为之后的时间，或仅作预演',
  },
  not_over: {
    kind: 'conflict',
    en: 'the event lasts until {to}; settle it after that',
    zh: '事件将持续到 {to}；请在结束之后结算',
  },
  settled: {
    kind: 'conflict',
    en: 'the event {id} is settled already; its record is {record}',
    zh: '事件 {id} 已结算，凭证为 {record}',
  },
})
