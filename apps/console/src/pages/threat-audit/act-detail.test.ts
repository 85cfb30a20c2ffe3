import { expect, test } from 'vitest'
import { actDetail } from './act-detail.ts'

test.each([
  ['group.undo', 'suppress', 'The verdict was: suppressed', '原结论：抑制'],
  ['incident.close', 'attack: a shell: seen', 'As attack: a shell: seen', '结论为攻击：a shell: seen'],
  ['ticket.close', 'incident_live_3', 'With its incident, incident_live_3', '随安全事件 incident_live_3'],
  ['ticket.reopen', 'incident_live_3', 'With its incident, incident_live_3', '随安全事件 incident_live_3'],
  ['actuator.choose', 'simulator', 'Simulator', '模拟器'],
])('%s %s is said in words', (action, detail, en, zh) => {
  expect([actDetail({ action, detail }, 'en'), actDetail({ action, detail }, 'zh')]).toEqual([en, zh])
})

test.each([
  ['group.undo', 'of a later version'],
  ['incident.close', 'a reason alone'],
  ['ticket.close', 'done'],
  ['group.benign', 'suppress'],
])('%s %s stays as it is', (action, detail) => expect(actDetail({ action, detail }, 'zh')).toBe(detail))
