import { AppError, defineErrors, type Text } from '@dengta/kernel'

/** What can be wrong with the files of the running pipeline. */
export const pipelineErrors = defineErrors('threat_pipeline', {
  journal_damaged: {
    kind: 'conflict',
    en: 'the journal lacks batch {sequence}: a file is missing beside {file}, and acknowledged events with it; put the file back, or move the folder of the journal away, keep it for analysis, and start again',
    zh: '日志缺少第 {sequence} 批：{file} 旁少了一个文件，其中已确认的事件可能丢失；请放回该文件，或将日志目录移走保存以供分析，然后重新启动',
  },
  sink_ahead: {
    kind: 'conflict',
    en: 'alerts are stored up to batch {stored}, but the journal ends at {have}: they do not belong together; use the journal these alerts came from',
    zh: '告警已存到第 {stored} 批，而日志只到第 {have} 批：两者不匹配；请使用产生这些告警的日志目录',
  },
  sink_damaged: {
    kind: 'conflict',
    en: 'the alert file {file} is broken at byte {at}, before its end; restore it from a copy',
    zh: '告警文件 {file} 在第 {at} 字节处损坏（并非文件末尾）；请从备份恢复',
  },
  steps_missing: {
    kind: 'conflict',
    en: 'the folder {folder} lacks the steps from {from} to {to}, which the database counts as done: restore the data folder and the database from the same backup; where there is none, begin with a new data folder',
    zh: '目录 {folder} 缺少数据库记为已完成的步骤（{from} 至 {to}）：请用同一份备份恢复数据目录和数据库；若无备份，请改用新的数据目录',
  },
  checkpoint_ahead: {
    kind: 'conflict',
    en: 'the checkpoint in {folder} was taken at step {saved}, but the database ends at {stored}: restore the data folder and the database from the same backup',
    zh: '目录 {folder} 中的检查点取自第 {saved} 步，而数据库只到第 {stored} 步：请用同一份备份恢复数据目录和数据库',
  },
  checkpoint_damaged: {
    kind: 'conflict',
    en: 'the checkpoint {file} is broken; restore the data folder and the database from the same backup',
    zh: '检查点文件 {file} 已损坏；请用同一份备份恢复数据目录和数据库',
  },
  steps_elsewhere: {
    kind: 'conflict',
    en: 'another program has stored steps of the flow {flow} in this database, beyond step {position}; end it, then restart this one',
    zh: '另一个程序已在此数据库中为数据流 {flow} 写入第 {position} 步之后的步骤；请先停止该程序，再重启本程序',
  },
  rules_refused: {
    kind: 'invalid',
    en: 'the rule set in {path} was refused and the one in use stays: {why}; correct it and load it again',
    zh: '{path} 中的规则集被拒绝，继续使用现有规则集：{why}；请修正后重新加载',
  },
  not_stored: {
    kind: 'unavailable',
    en: 'nothing can be stored: {why}; make room, or mend the disk or the database: it is tried again until it works',
    zh: '目前无法存储：{why}；请腾出磁盘空间，或修复磁盘或数据库：系统会一直重试，直到成功',
  },
  detector_failed: {
    kind: 'unavailable',
    en: 'a detector stopped: {why}; its batches are evaluated again',
    zh: '检测线程停止：{why}；其批次将重新检测',
  },
  stopped: {
    kind: 'unavailable',
    en: 'the pipeline is stopping; send the events again once it runs',
    zh: '流水线正在停止；请在恢复运行后重新发送事件',
  },
})

/** Why nothing can be stored, in the words of the error where it has any for people. */
export function whyNotStored(error: unknown): Text {
  if (error instanceof AppError) return error.text
  return pipelineErrors.not_stored({ why: error instanceof Error ? error.message : String(error) }, error).text
}
