import { defineErrors } from '@dengta/kernel'

export const controllerErrors = defineErrors('controller', {
  journal_broken: {
    kind: 'unavailable',
    en: 'line {line} of the controller journal {path} cannot be read; restore the file from a copy, or move it away so that the controller starts from what the engine shows',
    zh: '控制器日志 {path} 的第 {line} 行无法读取；请从备份恢复该文件，或将其移走，使控制器依据引擎当前状态重新开始',
  },
  closed: {
    kind: 'conflict',
    en: 'the controller was stopped; start a new one',
    zh: '控制器已停止；请启动新的控制器',
  },
})
