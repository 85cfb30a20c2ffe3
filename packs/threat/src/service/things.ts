import type { Text } from '@dengta/kernel'

/** What the threat rooms keep, as a person is told that it is not there. */
export const THINGS = {
  alert: { en: 'alert', zh: '告警' },
  group: { en: 'group', zh: '告警组' },
  batch: { en: 'batch', zh: '批次' },
  'sealed decision': { en: 'sealed decision', zh: '已封存的决定' },
  line: { en: 'line', zh: '决定行' },
  incident: { en: 'incident', zh: '安全事件' },
  ticket: { en: 'ticket', zh: '工单' },
  rule: { en: 'rule', zh: '规则' },
  playbook: { en: 'playbook', zh: '剧本' },
  run: { en: 'run', zh: '执行记录' },
  endpoint: { en: 'endpoint', zh: '推送地址' },
  'dead delivery': { en: 'dead delivery', zh: '失败的推送' },
  replay: { en: 'replay', zh: '回放' },
  'finished replay': { en: 'finished replay', zh: '已完成的回放' },
} satisfies Record<string, Text>
