import type { Text } from '@dengta/kernel'

/** Help of triage, incidents and tickets: what a person on shift does. */
export const SHIFT_WORDS = {
  triage: {
    en: 'groups that wait for people: list, show, judge, undo, learn',
    zh: '等待人工的告警组：列表、详情、研判、撤销、重新学习',
  },
  suspicious: { en: 'the most suspicious first', zh: '最可疑的在前' },
  action: { en: 'only those of this decision', zh: '仅限该决定' },
  order: { en: 'score, newest or oldest first', zh: '按得分、最新或最早排序' },
  showGroup: {
    en: 'why it waits: decision, what moved it, cases like it, verdicts',
    zh: '为何等待：决定依据、相似案例与结论',
  },
  judge: {
    en: 'say what it was; an attack without an incident opens one',
    zh: '给出结论；确认攻击而尚无安全事件时会新建',
  },
  verdictOfGroup: {
    en: 'suppress: benign, and groups like it stay out of the queue',
    zh: 'confirm 攻击，benign 良性，suppress 良性且同类不再进入队列，unclear 存疑',
  },
  fileUnder: {
    en: 'what an attack is filed under, such as one step of an intrusion',
    zh: '攻击归入何处，例如入侵的某一步',
  },
  until: {
    en: 'end of a suppression, e.g. 2026-12-01T00:00:00Z; seven days unless stated, at most ninety',
    zh: '抑制截止时间，如 2026-12-01T00:00:00Z；不写为七天，至多九十天',
  },
  undo: {
    en: 'take the newest verdict back; it stays in the history',
    zh: '撤销最近的结论，历史中保留',
  },
  learn: {
    en: 'learn again from all verdicts; what is proven then holds from the next alert on',
    zh: '用全部结论重新学习；届时已证明的内容从下一条告警起生效',
  },
  incidents: {
    en: 'incidents: list, show, close with a verdict, reopen, as OCSF',
    zh: '安全事件：列表、详情、下结论并关闭、重新打开、导出 OCSF',
  },
  newest: { en: 'the newest first', zh: '新的在前' },
  text: { en: 'looked for in title, hosts and signatures', zh: '在标题、主机与特征中查找' },
  showIncident: {
    en: 'timeline, techniques, tickets, runs, and playbooks that fit',
    zh: '时间线、技术、工单、响应与适用剧本',
  },
  incidentOcsf: {
    en: 'as an OCSF 1.5.0 incident finding, JSON, for any SIEM',
    zh: '导出为 OCSF 1.5.0 安全事件发现（JSON），供 SIEM 使用',
  },
  closeIncident: {
    en: 'its open groups take the verdict; the closing is put on record',
    zh: '尚未研判的告警组采用该结论；关闭写入凭证',
  },
  verdict: { en: 'what it was', zh: '结论：attack 攻击，benign 良性，unclear 存疑' },
  reopenIncident: {
    en: 'its tickets are opened again with it; verdicts and the record of the closing stay',
    zh: '工单随之重新打开；结论与关闭凭证保留',
  },
  tickets: { en: 'tickets: list, show, move on, note, times', zh: '工单：列表、详情、流转、备注、时效' },
  latestChanged: { en: 'the latest changed first', zh: '最近变动的在前' },
  showTicket: {
    en: 'its clock, what it is about, notes, and what may be done now',
    zh: '各阶段时间、关联对象、备注与当前可执行的操作',
  },
  times: {
    en: 'minutes to detect, acknowledge, respond, resolve, close',
    zh: '发现、受理、响应、解决、关闭用时（分钟）',
  },
  open: {
    en: 'a ticket of your own making; incidents open theirs by themselves',
    zh: '新建自己的工单；安全事件会自动生成工单',
  },
  severity: { en: 'how grave', zh: '严重程度' },
  handOver: {
    en: 'the report for the next shift, Markdown: open, closed, times',
    zh: '交接班报告（Markdown）：未结、已结、时效',
  },
  hours: { en: 'so many hours back', zh: '回溯的小时数' },
} satisfies Record<string, Text>

/** What moves a ticket on without a word. */
export const STEP_WORDS = {
  acknowledge: { en: 'take it: the ticket is yours unless somebody has it', zh: '受理；无人负责时由您负责' },
  start: { en: 'work on it', zh: '开始处理' },
  respond: { en: 'mark the first action against the cause', zh: '标记首次响应动作' },
  look: { en: 'count a group looked at', zh: '记一次查看' },
  close: { en: 'a resolved ticket; the closing is put on record', zh: '关闭已解决的工单；关闭写入凭证' },
} satisfies Record<string, Text>

/** What a person says of a ticket. */
export const SAYING_WORDS = {
  assign: { en: 'hand it to a participant', zh: '指派给某个参与方' },
  note: { en: 'add a note', zh: '添加备注' },
  wait: { en: 'say what it waits for', zh: '转为等待，并说明等待什么' },
  resolve: { en: 'say how it was resolved', zh: '标为已解决，并说明如何解决' },
  reopen: { en: 'say why it is opened again', zh: '重新打开，并说明原因' },
} satisfies Record<string, Text>
