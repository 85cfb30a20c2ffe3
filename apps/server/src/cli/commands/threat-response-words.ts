import type { Text } from '@dengta/kernel'

/** Help of playbooks, their runs, targets and webhooks. */
export const RESPONSE_WORDS = {
  playbooks: { en: 'playbooks: list, show, check, import, export', zh: '剧本：列表、详情、检查、导入、导出' },
  listPlaybooks: {
    en: 'id, name, the highest consent that a step asks for, inputs',
    zh: '编号、名称、步骤所需的最高审批级别、输入',
  },
  showPlaybook: { en: 'by id or name: inputs and steps', zh: '按编号或名称：输入与步骤' },
  lint: {
    en: 'every fault of a CACAO 2.0 file; nothing is kept; exit code 1 where there is one',
    zh: 'CACAO 2.0 文件的全部错误；不保存；有错误时退出码为 1',
  },
  exportPlaybook: {
    en: 'the CACAO 2.0 file, to change it or to take it elsewhere',
    zh: '输出 CACAO 2.0 文件，供修改或他用',
  },
  importPlaybook: { en: 'keep a CACAO 2.0 file', zh: '导入 CACAO 2.0 文件' },
  run: { en: 'responses: list, show, dry run, start, consent, undo', zh: '响应：列表、详情、试运行、执行、审批、撤销' },
  dry: {
    en: 'exactly what it would send, how that is checked and undone; nothing is sent',
    zh: '精确列出将发送什么、怎样验证与撤销；不实际发送',
  },
  input: { en: 'inputs of the playbook, such as host=web-1', zh: '剧本的输入，例如 host=web-1' },
  wouldBeFor: { en: 'the incident that it would be for', zh: '所针对的安全事件' },
  start: {
    en: 'begin in earnest: it goes on until it asks somebody or ends; exit code 1 where it fails',
    zh: '正式执行，直至需要人工或结束；执行失败时退出码为 1',
  },
  isFor: {
    en: 'the incident that it is for; of a replay it stays in the simulator',
    zh: '所针对的安全事件；属于回放时只在模拟器中执行',
  },
  ticket: { en: 'the ticket that it is for', zh: '所针对的工单' },
  newest: { en: 'the newest first', zh: '新的在前' },
  showRun: { en: 'what it waits for, and its journal', zh: '等待什么，以及执行记录' },
  consent: {
    en: 'to exactly what "show" says that is sent; exit code 1 where you may not, or the run then fails',
    zh: '批准 show 所列的发送内容；无权批准或随后执行失败时退出码为 1',
  },
  refuse: { en: 'say no: the run is cancelled', zh: '拒绝：该响应随即取消' },
  report: {
    en: 'word on work by hand, or on a command whose answer was lost; exit code 1 where the run fails nevertheless',
    zh: '报告人工操作，或未收到应答的命令的结果；其后仍执行失败时退出码为 1',
  },
  failed: { en: 'it did not work', zh: '未成功' },
  undo: {
    en: 'take back what it did, in reverse order; exit code 1 where that fails',
    zh: '按相反顺序撤销已执行的操作；撤销失败时退出码为 1',
  },
  resume: { en: 'carry on after a crash; exit code 1 where it fails', zh: '崩溃后继续；失败时退出码为 1' },
  webhooks: { en: 'where findings are told: list, add, remove', zh: '推送：列表、添加、移除' },
  listWebhooks: { en: 'endpoints, and what has not arrived', zh: '接收端，以及未送达的消息' },
  addWebhook: { en: 'an https address on a public host', zh: '公网主机上的 https 地址' },
  secret: {
    en: 'files in the secrets folder of the house, one or two; never the secret itself',
    zh: '数据目录 secrets 下的一个或两个文件名；不要写密钥本身',
  },
  removeWebhook: { en: 'nothing more is sent there', zh: '不再向该处发送' },
  outbox: { en: 'deliveries, the newest first', zh: '投递记录，新的在前' },
  revive: { en: 'put a dead delivery back', zh: '重新投递已作废的消息' },
  targets: {
    en: 'where the commands of each response action go: list, try, add, remove',
    zh: '各类处置命令的目标：列表、试算、启用、移除',
  },
  listTargets: {
    en: 'place, the least consent that the action asks for, who chose it',
    zh: '目标、最低审批级别、由谁指定',
  },
  tryTarget: {
    en: 'exactly what the target in a JSON or YAML file would be sent, with sample values',
    zh: '以示例值列出将向 JSON 或 YAML 文件所述目标发送什么；不发送',
  },
  addTarget: {
    en: 'try the target in a file, then send there from now on; owners and this machine only',
    zh: '试算文件中的目标，此后发往该处；仅限所有方与本机',
  },
  removeTarget: {
    en: 'back to the simulator; what was sent stays in the history',
    zh: '恢复为模拟器；已发送的内容保留在历史中',
  },
} satisfies Record<string, Text>
