import { defineErrors } from '@dengta/kernel'

export const planFileErrors = defineErrors('plan_file', {
  not_json: {
    kind: 'invalid',
    en: 'the plan file is not JSON: {problem}; give a file made by `dengta compute plan` or downloaded from the server',
    zh: '计划文件不是有效的 JSON（{problem}）；请使用 `dengta compute plan` 生成或从服务器下载的文件',
  },
  field: {
    kind: 'invalid',
    en: 'the plan file is not of the form dengta-plan/v1: {path}: {problem}; correct it, or plan the day again',
    zh: '计划文件不符合 dengta-plan/v1 格式：{path}：{problemZh}；请改正，或重新生成计划',
  },
})
