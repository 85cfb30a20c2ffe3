import { defineErrors } from '@dengta/kernel'

/** What can go wrong in the threat rooms of the house. */
export const threatErrors = defineErrors('threat', {
  missing: {
    kind: 'not_found',
    en: 'there is no {what} {id}; list what is there first',
    zh: '不存在 {what} {id}；请先查看列表',
  },
  already_judged: {
    kind: 'conflict',
    en: 'the group {id} was judged by {by} meanwhile; take that back first, or go on to the next',
    zh: '告警组 {id} 已由 {by} 给出结论；请先撤销该结论，或处理下一组',
  },
  nothing_to_undo: {
    kind: 'conflict',
    en: 'nobody has judged the group {id}; there is nothing to take back',
    zh: '告警组 {id} 尚无结论，无可撤销',
  },
  bad_until: {
    kind: 'invalid',
    en: 'a suppression lasts from now to at most ninety days; {until} does not fit',
    zh: '抑制期须自现在起不超过九十天；{until} 不符合',
  },
  incident_closed: {
    kind: 'conflict',
    en: 'the incident {id} is closed and on record; open a ticket for what is new',
    zh: '事件 {id} 已关闭并存证；新情况请另建工单',
  },
  no_rules: {
    kind: 'unavailable',
    en: 'no rule set is in force: {why}; set DENGTA_THREAT_RULES to a folder or a .tar.gz of Sigma rules',
    zh: '没有生效的规则集：{why}；请将 DENGTA_THREAT_RULES 设为 Sigma 规则目录或 .tar.gz',
  },
  no_network: {
    kind: 'invalid',
    en: 'there is no network {network} to replay; there are: {known}',
    zh: '没有可回放的网络 {network}；现有：{known}',
  },
  replay_runs: {
    kind: 'conflict',
    en: 'the replay {id} is still running; wait for it, one runs at a time',
    zh: '回放 {id} 仍在进行；每次只运行一个，请等待其结束',
  },
  too_few_sites: {
    kind: 'conflict',
    en: 'verdicts of {sites} networks are kept; learning needs at least two with judged groups: judge more groups, or replay a labelled log',
    zh: '现有 {sites} 个网络的结论；学习至少需要两个已有结论的网络：请继续研判，或回放带标签的日志',
  },
  not_running: {
    kind: 'conflict',
    en: 'no flow is running; set DENGTA_THREAT_TCP_PORT or DENGTA_THREAT_HTTP_PORT and start the house again',
    zh: '当前没有运行中的数据流；请设置 DENGTA_THREAT_TCP_PORT 或 DENGTA_THREAT_HTTP_PORT 后重新启动',
  },
  bad_port: {
    kind: 'invalid',
    en: '{name} is "{value}"; it must be a whole number from 0 to 65535',
    zh: '{name} 的值为 "{value}"；应为 0 到 65535 的整数',
  },
  webhook_exists: {
    kind: 'conflict',
    en: 'there is an endpoint {id} already; remove it first, or choose another name',
    zh: '已有名为 {id} 的端点；请先移除，或换一个名称',
  },
  playbook_exists: {
    kind: 'conflict',
    en: 'the playbook {id} of {modified} is there already with other content; give the changed one a later "modified"',
    zh: '剧本 {id}（{modified}）已存在且内容不同；修改后请使用更晚的 "modified"',
  },
  no_secret: {
    kind: 'not_found',
    en: 'there is no secret {name}; write it into the file {name} in the folder secrets of the data folder, readable by the house only',
    zh: '没有名为 {name} 的密钥；请写入数据目录 secrets 下的同名文件，并仅允许平台读取',
  },
})
