import { defineErrors } from '@dengta/kernel'

export const ledgerErrors = defineErrors('ledger', {
  key_missing: {
    kind: 'unavailable',
    en: 'the private key "{name}" is not in the key folder; restore it from the backup of the house, or register the participant',
    zh: '密钥目录中没有私钥“{name}”；请从系统备份中恢复，或先登记该参与方',
  },
  key_damaged: {
    kind: 'unavailable',
    en: 'the key file {file} cannot be read as a private key; restore it from the backup of the house',
    zh: '密钥文件 {file} 无法读作私钥；请从系统备份中恢复',
  },
  key_name: {
    kind: 'invalid',
    en: 'a key cannot be named "{name}"; use lower-case letters, digits and hyphens',
    zh: '密钥不能命名为“{name}”；请使用小写字母、数字和连字符',
  },
  suite_unavailable: {
    kind: 'unavailable',
    en: 'this build of Node.js cannot sign with {suite}; choose ed25519, or run on a Node.js whose OpenSSL has it',
    zh: '当前 Node.js 无法使用 {suite} 签名；请改用 ed25519，或换用其 OpenSSL 支持该算法的 Node.js',
  },
  basis_missing: {
    kind: 'invalid',
    en: 'a record rests on {id}, which is not in the log; record that fact first',
    zh: '凭证所依据的 {id} 不在日志中；请先记录该事实',
  },
  duplicate: {
    kind: 'conflict',
    en: 'this very record is in the log already, as {id}; nothing needs to be done',
    zh: '同一条凭证已在日志中，编号 {id}；无需再次提交',
  },
  record_missing: {
    kind: 'not_found',
    en: 'there is no record {id} in the log; check the id against the list of records',
    zh: '日志中没有凭证 {id}；请对照凭证列表核对编号',
  },
  nothing_to_export: {
    kind: 'not_found',
    en: 'there is no record to export; name at least one',
    zh: '没有可导出的凭证；请至少指定一条',
  },
  damaged: {
    kind: 'unavailable',
    en: 'the log is damaged and the house does not start on it: {what}. Keep the data folder as it is, and restore the last backup',
    zh: '日志已损坏，系统拒绝在其上启动：{what}。请原样保留数据目录，并恢复最近一次备份',
  },
  witness_state_damaged: {
    kind: 'unavailable',
    en: 'the memory of the witness in {file} cannot be read, and a witness without memory would sign anything; restore the file from a backup',
    zh: '见证方的记忆文件 {file} 无法读取，而失去记忆的见证方会为任何内容签名；请从备份恢复该文件',
  },
  witness_folder_in_use: {
    kind: 'conflict',
    en: 'another witness runs on {folder}; stop it first, as two memories under one key could cosign a fork',
    zh: '另一个见证方正在使用 {folder}；请先停止它，因为同一密钥下有两份记忆可能会为分叉会签',
  },
  witness_answer: {
    kind: 'unavailable',
    en: 'the witness {name} answered with something that is not its cosignature of this checkpoint; check its address and key',
    zh: '见证方 {name} 返回的不是它对该检查点的会签；请核对其地址和密钥',
  },
  witness_not_started: {
    kind: 'unavailable',
    en: 'the witness process did not start ({why}); mend this, then start the house again',
    zh: '见证方进程未能启动（{why}）；请排除该问题后重新启动系统',
  },
})
