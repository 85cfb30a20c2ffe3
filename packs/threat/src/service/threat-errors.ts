import { type AppError, defineErrors } from '@dengta/kernel'
import { THINGS } from './things.ts'

const catalogue = defineErrors('threat', {
  not_text: {
    kind: 'invalid',
    en: 'what was sent is not UTF-8 text; save the file as UTF-8 and send it again',
    zh: '发送的内容不是 UTF-8 文本；请将文件另存为 UTF-8 后重新发送',
  },
  missing: {
    kind: 'not_found',
    en: 'there is no {what} {id}; list what is there first',
    zh: '不存在{what} {id}；请先查看列表',
  },
  gone: {
    kind: 'not_found',
    en: '{id} was let go of on {day}, as its days of keeping were over; its record {record} stays in the log: read or prove it there',
    zh: '{id} 已超过保留期，于 {day} 清理；其存证记录 {record} 仍在日志中，请在日志中查看或验证',
  },
  gone_candidate: {
    kind: 'not_found',
    en: '{id} was let go of on {day}, as its days of keeping were over; it never became an incident: look for its groups in the log',
    zh: '{id} 已超过保留期，于 {day} 清理；它从未成为事件，相关告警组的决定请在日志中查看',
  },
  bad_keeping: {
    kind: 'invalid',
    en: '{name} is "{value}"; it must be a whole number from {least} to {most}',
    zh: '{name} 的值为 "{value}"；应为 {least} 到 {most} 的整数',
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
    en: 'the incident {id} is closed and on record; open it again with a reason, or open a ticket for what is new',
    zh: '事件 {id} 已关闭并存证；请说明原因后重开，或为新情况另建工单',
  },
  incident_merged: {
    kind: 'conflict',
    en: 'the incident {id} turned out to be part of {into}, where its groups stand; close or open that one',
    zh: '事件 {id} 已并入 {into}，其告警组均在该事件中；请对 {into} 关闭或重开',
  },
  incident_open: {
    kind: 'conflict',
    en: 'nobody has closed the incident {id}; there is nothing to open again',
    zh: '事件 {id} 尚未由人关闭，无需重开',
  },
  no_rules: {
    kind: 'unavailable',
    en: 'no rule set is in force: {why}; set DENGTA_THREAT_RULES to a folder or a .tar.gz of Sigma rules',
    zh: '没有生效的规则集：{why}；请将 DENGTA_THREAT_RULES 设为 Sigma 规则目录或 .tar.gz',
  },
  not_quarantined: {
    kind: 'conflict',
    en: 'no detector holds the rule {id} in quarantine; it is evaluated already',
    zh: '规则 {id} 未被任何检测线程隔离；它正在执行',
  },
  rules_changed: {
    kind: 'conflict',
    en: 'the rule files have changed since they were loaded; read the rules again, then ask once more',
    zh: '规则文件在加载之后有改动；请先重新加载规则，再次提问',
  },
  not_explainable: {
    kind: 'invalid',
    en: 'the rule {id} is a correlation, which no single event fires; ask about a rule that it reads',
    zh: '{id} 是关联规则，不由单个事件触发；请改问它所引用的规则',
  },
  not_an_event: {
    kind: 'invalid',
    en: 'this is not one event: {why}; paste one JSON object, e.g. one line of an NDJSON log',
    zh: '这不是一条事件：{whyZh}；请粘贴一个 JSON 对象，例如 NDJSON 日志中的一行',
  },
  explain_failed: {
    kind: 'limit',
    en: 'comparing this event with the rule took too long or too much memory; leave large values of the event out and ask again',
    zh: '该事件与规则的比对超出时间或内存限制；请去掉事件中过大的值后重试',
  },
  explain_busy: {
    kind: 'limit',
    en: '{waiting} events are being compared already; ask again in a moment',
    zh: '已有 {waiting} 条事件正在比对；请稍后再试',
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
  replay_stopped: {
    kind: 'conflict',
    en: 'the replay {id} was stopped; what it had stored stays, start another one for the rest',
    zh: '回放 {id} 已停止；已入库的内容保留，如需完整结果请重新回放',
  },
  replay_broken_off: {
    kind: 'unavailable',
    en: 'the replay {id} was broken off again and again, so it is not tried any more; what it had stored stays, look into the server log and start another one',
    zh: '回放 {id} 多次中断，不再重试；已入库的内容保留，请查看服务器日志后重新回放',
  },
  replay_over: {
    kind: 'conflict',
    en: 'the replay {id} has ended already, as {state}; there is nothing to stop',
    zh: '回放 {id} 已结束（{state}），无需停止',
  },
  too_few_sites: {
    kind: 'conflict',
    en: 'verdicts of {sites} networks are kept; learning needs at least two with judged groups: judge more groups, or replay a labelled log',
    zh: '现有 {sites} 个网络的结论；学习至少需要两个已有结论的网络：请继续研判，或回放带标签的日志',
  },
  learning: {
    kind: 'conflict',
    en: 'a model is being learnt already; it takes effect by itself, look at the risk page in a minute',
    zh: '已有模型正在学习，完成后自动生效；请稍后查看风险页',
  },
  not_running: {
    kind: 'conflict',
    en: 'no flow is running; set DENGTA_THREAT_HTTP_PORT, _TCP_PORT, _SYSLOG_PORT, _NATS or _FOLDER and start the house again',
    zh: '当前没有运行中的数据流；请设置 DENGTA_THREAT_HTTP_PORT、_TCP_PORT、_SYSLOG_PORT、_NATS 或 _FOLDER 后重新启动',
  },
  flow_held: {
    kind: 'conflict',
    en: 'another process ({pid}) holds the live folder {folder}, so this server takes no events in; stop that process, then start this server again',
    zh: '另一个进程（{pid}）正占用实时目录 {folder}，本服务未接收事件；请先停止该进程，再重新启动本服务',
  },
  unopened: {
    kind: 'unavailable',
    en: 'the intake did not open: {why}; put that right, then start this server again',
    zh: '事件接入未能启动：{why}；请排除原因后重新启动本服务',
  },
  bad_port: {
    kind: 'invalid',
    en: '{name} is "{value}"; it must be a whole number from 0 to 65535',
    zh: '{name} 的值为 "{value}"；应为 0 到 65535 的整数',
  },
  bad_line_limit: {
    kind: 'invalid',
    en: 'DENGTA_THREAT_MAX_LINE is "{value}"; it must be a whole number of bytes from {least} to {most}',
    zh: 'DENGTA_THREAT_MAX_LINE 的值为 "{value}"；应为 {least} 到 {most} 的整数（字节）',
  },
  bad_ahead: {
    kind: 'invalid',
    en: 'DENGTA_THREAT_AHEAD_SECONDS is "{value}"; it must be a whole number of seconds from 1 to {most}',
    zh: 'DENGTA_THREAT_AHEAD_SECONDS 的值为 "{value}"；应为 1 到 {most} 的整数（秒）',
  },
  bad_nats: {
    kind: 'invalid',
    en: 'DENGTA_THREAT_NATS is no address of a stream; write nats://host:4222/STREAM, with ?consumer=NAME or &subject=SUBJECT behind it as needed',
    zh: 'DENGTA_THREAT_NATS 不是有效的流地址；请写成 nats://主机:4222/流名称，需要时在后面加 ?consumer=名称 或 &subject=主题',
  },
  webhook_exists: {
    kind: 'conflict',
    en: 'there is an endpoint {id} already; remove it first, or choose another name',
    zh: '已有名为 {id} 的推送地址；请先移除，或换一个名称',
  },
  playbook_exists: {
    kind: 'conflict',
    en: 'the playbook {id} of {modified} is there already with other content; give the changed one a later "modified"',
    zh: '剧本 {id}（{modified}）已存在且内容不同；修改后请使用更晚的 "modified"',
  },
  not_owner: {
    kind: 'forbidden',
    en: '{person} may not choose where commands go; an owner, or the operator of this machine, may',
    zh: '{person} 无权选择命令的目标；请由所有方或本机运营方设置',
  },
  no_secret: {
    kind: 'not_found',
    en: 'there is no secret {name}; write it into the file {name} in the folder secrets of the data folder, readable by the house only',
    zh: '没有名为 {name} 的密钥；请写入数据目录 secrets 下的同名文件，并仅允许平台读取',
  },
})

/** What can go wrong in the threat rooms of the house. */
export const threatErrors = {
  ...catalogue,
  missing: ({ what, id }: { readonly what: keyof typeof THINGS; readonly id: string }): AppError =>
    catalogue.missing({ what: THINGS[what], id }),
}
