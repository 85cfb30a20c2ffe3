import { defineErrors } from '@dengta/kernel'

/** What stops a response before or between its steps. What a step itself meets is written down in its run instead. */
export const respondErrors = defineErrors('threat_respond', {
  no_run: {
    kind: 'not_found',
    en: 'there is no run {id}; look it up in the list of runs',
    zh: '没有运行 {id}；请在运行列表中查找',
  },
  no_playbook: {
    kind: 'not_found',
    en: 'there is no playbook {id} of version {version}; import it first',
    zh: '没有版本为 {version} 的剧本 {id}；请先导入',
  },
  playbook_changed: {
    kind: 'conflict',
    en: 'the playbook {id} is not the one that the run began with; give the changed one a new "modified" time and start a new run',
    zh: '剧本 {id} 已不是运行开始时的内容；请为改动后的剧本更新 modified 时间，并重新启动运行',
  },
  not_valid_now: {
    kind: 'conflict',
    en: 'the playbook {id} may not be run now: {why}; take another version',
    zh: '剧本 {id} 当前不可运行：{why}；请换用其他版本',
  },
  secret_in_clear: {
    kind: 'invalid',
    en: 'the playbook carries a secret at {path}; keep it in the key store and name it by kms_key_identifier',
    zh: '剧本在 {path} 处含有明文密钥；请存入密钥库，并以 kms_key_identifier 引用',
  },
  bad_policy: {
    kind: 'invalid',
    en: 'the step {step} states a policy that cannot be followed at {path}: {problem}; correct the playbook',
    zh: '步骤 {step} 的处置策略在 {path} 处无法执行：{problem}；请修正剧本',
  },
  no_adapter: {
    kind: 'unavailable',
    en: 'nothing here can execute commands of type {type}; connect an adapter for it',
    zh: '没有可执行 {type} 类命令的适配器；请先接入',
  },
  bad_order: {
    kind: 'invalid',
    en: 'the command cannot be sent: {why}; correct the playbook or the values it is given',
    zh: '命令无法发送：{why}；请修正剧本或其取值',
  },
  host_refused: {
    kind: 'forbidden',
    en: 'the host {host} may not be called: {why}; an operator can add it to the list of allowed hosts',
    zh: '不允许访问主机 {host}：{why}；可由运维人员加入允许名单',
  },
  target_changed: {
    kind: 'conflict',
    en: 'commands for {action} go elsewhere by now: nothing was sent; start a new run',
    zh: '{action} 类命令的目标已变更：未发送任何内容；请重新发起响应',
  },
  not_waiting: {
    kind: 'conflict',
    en: 'the run {id} does not wait for this: it is {status}; look at its page before you decide',
    zh: '运行 {id} 目前并不等待该操作，其状态为 {status}；请先查看运行页面',
  },
  plan_changed: {
    kind: 'conflict',
    en: 'what would be sent is no longer what you saw; read the step of run {id} again before you approve it',
    zh: '将要发送的内容与您所见不同；请重新查看运行 {id} 的步骤后再批准',
  },
  not_allowed: {
    kind: 'forbidden',
    en: '{person} may not undo this run: it asks for {level}; let somebody with that level do it',
    zh: '{person} 无权撤销该运行：需要 {level} 级别；请由具备该级别的人员操作',
  },
  nothing_to_undo: {
    kind: 'conflict',
    en: 'the run {id} did nothing that its playbook says how to undo; look at its journal, and undo by hand what it did',
    zh: '运行 {id} 没有剧本写明如何撤销的操作；请查看其日志，并手动撤销',
  },
  busy: {
    kind: 'conflict',
    en: 'the run {id} is being worked on until {until}; try again then',
    zh: '运行 {id} 正在执行，预计至 {until}；请届时再试',
  },
  stale: {
    kind: 'conflict',
    en: 'the run {id} has moved on since it was read; read it again',
    zh: '运行 {id} 在读取之后已有变化；请重新读取',
  },
})
