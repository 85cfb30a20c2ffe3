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
  rehearsals_wait: {
    kind: 'limit',
    en: '{waiting} rehearsals wait for their turn already; try again in a minute',
    zh: '已有 {waiting} 次预演在排队；请一分钟后再试',
  },
  over: {
    kind: 'conflict',
    en: 'the event would have begun at {from}, which is past; announce it for a later time, or rehearse it',
    zh: '事件应于 {from} 开始，该时间已过；请改为之后的时间，或仅作预演',
  },
  notice_past: {
    kind: 'conflict',
    en: 'the event begins in {left} min, and a notice of {notice} min can be given no more; state {left} at most, or announce a later event',
    zh: '事件将在 {left} 分钟后开始，已无法提前 {notice} 分钟通知；请将提前量改为不超过 {left} 分钟，或发布更晚的事件',
  },
  not_over: {
    kind: 'conflict',
    en: 'the event lasts until {to}; settle it after that',
    zh: '事件将持续到 {to}；请在结束之后结算',
  },
  not_enough_data: {
    kind: 'invalid',
    en: '{en}; send a longer meter file, or choose another method',
    zh: '{zh}；请提供更长的表计文件，或改用其他方法',
  },
  meter_header: {
    kind: 'invalid',
    en: 'the meter file begins with "{header}"; its first line must be "{wanted}"',
    zh: '表计文件首行为“{header}”；应为“{wanted}”',
  },
  meter_line: {
    kind: 'invalid',
    en: 'line {line} of the meter file is no reading; write a whole minute in RFC 3339 with an offset, a site, and kW of zero or more',
    zh: '表计文件第 {line} 行不是有效读数；请写明带时区的整分钟时间（RFC 3339）、站点及不小于零的千瓦数',
  },
  meter_twice: {
    kind: 'invalid',
    en: 'the meter file gives {site} at {time} twice; remove one of the lines',
    zh: '表计文件中 {site} 在 {time} 有两个读数；请删除其一',
  },
  meter_long: {
    kind: 'invalid',
    en: 'the meter file spans more than {days} days at {site}; send the part that the baseline needs',
    zh: '表计文件中 {site} 的数据超过 {days} 天；请只提交基线所需部分',
  },
  settled: {
    kind: 'conflict',
    en: 'the event {id} is settled already; its record is {record}',
    zh: '事件 {id} 已结算，凭证为 {record}',
  },
})
