import { defineErrors } from '@dengta/kernel'

export const controllerErrors = defineErrors('controller', {
  journal_broken: {
    kind: 'unavailable',
    en: 'line {line} of the controller journal {path} cannot be read; restore the file from a copy, or move it away so that the controller starts from what the engine shows',
    zh: '控制器日志 {path} 的第 {line} 行无法读取；请从备份恢复该文件，或将其移走，使控制器依据引擎当前状态重新开始',
  },
  journal_not_written: {
    kind: 'unavailable',
    en: 'the controller journal {path} cannot be written ({problem}); make room on that disk: cuts are made all the same, but a controller that is started anew would not know of them',
    zh: '控制器日志 {path} 无法写入（{problem}）；请释放该磁盘的空间：在此期间仍会压减功率，但控制器重启后将不知道这些压减',
  },
  closed: {
    kind: 'conflict',
    en: 'the controller was stopped; start a new one',
    zh: '控制器已停止；请启动新的控制器',
  },
})
