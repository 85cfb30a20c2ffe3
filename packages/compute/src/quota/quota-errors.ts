import { defineErrors } from '@dengta/kernel'

export const quotaErrors = defineErrors('quota', {
  none: {
    kind: 'forbidden',
    en: 'no public compute is granted to {participant}; ask the operator for a quota',
    zh: '{participant} 尚未获得公共算力配额；请向运营方申请',
  },
  spent: {
    kind: 'limit',
    en: 'the job may take up to {wanted} {unit}, and {left} are left of the quota; ask for less, wait for running jobs to end, or ask the operator for more',
    zh: '该作业最多需要 {wanted} {unitZh}，配额仅剩 {left} {unitZh}；请减少申请量，等待运行中的作业结束，或向运营方申请增加',
  },
  no_participant: {
    kind: 'not_found',
    en: 'there is no participant {participant}; add it first with `dengta participant add`',
    zh: '没有参与方 {participant}；请先用 `dengta participant add` 添加',
  },
})
