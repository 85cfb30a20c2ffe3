import type { Text } from '@dengta/kernel'

/** Help of grid events and their settlement. */
export const EVENT_WORDS = {
  rehearse: {
    en: 'what a grid event would do to a plan, without effect',
    zh: '预演电网响应事件对计划的影响，不产生任何效果',
  },
  announce: { en: 'put a grid event on record', zh: '发布电网响应事件并写入凭证' },
  from: { en: 'HH:MM after the start of the day', zh: '从排程日起点算起的 HH:MM' },
  minutes: { en: 'how long', zh: '持续时间' },
  depth: { en: 'how much less than planned', zh: '比计划少用的比例' },
  notice: { en: 'how long before it is known', zh: '提前多久通知' },
  sites: { en: 'comma-separated; all unless stated', zh: '以逗号分隔；不写即全部' },
  events: { en: 'grid events: list, show, minutes', zh: '电网响应事件：列表、详情、逐分钟结算' },
  list: { en: 'the newest first: asked and delivered', zh: '新的在前：要求与交付' },
  show: {
    en: 'what was promised, and the settlement: baseline, energy, payment, record',
    zh: '承诺与结算：基线、电量、金额、凭证',
  },
  perMinute: {
    en: 'the settlement minute by minute, CSV: baseline, target, drawn and delivered power',
    zh: '逐分钟结算（CSV）：基线、目标、实际与交付功率',
  },
  settle: {
    en: 'settle an event that is over from a meter file: CSV `time,site,kw`, one line a minute and site; without one, for the jobs of this house by their ordered power, an estimate',
    zh: '凭表计文件结算已结束的事件：CSV `time,site,kw`，每站点每分钟一行；不给文件时，按下达功率结算本平台的作业，标为估算',
  },
  method: { en: 'baseline', zh: '基线方法' },
  holidays: {
    en: 'for a baseline of like days: days of rest beside the weekends, as 2026-10-01,2026-10-02',
    zh: '用于同类日基线：周末以外的休息日，如 2026-10-01,2026-10-02',
  },
  leaveOut: {
    en: 'days that no baseline is made of, such as those of an outage; days with another event of the house are left out anyway',
    zh: '不计入基线的日期，如停电日；平台另有事件的日期本就不计入',
  },
  paid: { en: 'paid for each kWh delivered, yuan', zh: '每交付 1 千瓦时的补偿（元）' },
  shortfall: { en: 'taken for each kWh short of the promise, yuan', zh: '每欠交付 1 千瓦时的扣减（元）' },
  availability: { en: 'paid for each promised kW, yuan', zh: '每承诺 1 千瓦的补偿（元）' },
  tolerance: { en: 'of the promise, by which a minute may miss it', zh: '每分钟允许偏离承诺的百分比' },
  dryRun: {
    en: 'show what settling would say; nothing is kept and nothing goes on record',
    zh: '试算：不保存，也不产生凭证',
  },
  notKept: { en: 'dry run: nothing was kept, nothing is on record', zh: '试算：未保存，也未产生凭证' },
  badTime: {
    en: 'give a time as 14:00, counted from the start of the day',
    zh: '请写作 14:00 这样的时刻，从排程日起点算起。',
  },
  badDepth: { en: 'give a percentage above 0, at most 100', zh: '请给出大于 0、不超过 100 的百分数。' },
  badTolerance: { en: 'give a percentage of 0 to 100', zh: '请给出 0 至 100 的百分数。' },
} satisfies Record<string, Text>
