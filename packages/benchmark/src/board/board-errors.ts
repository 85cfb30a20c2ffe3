import { defineErrors } from '@dengta/kernel'

export const boardErrors = defineErrors('board', {
  predictions_missing: {
    kind: 'unavailable',
    en: 'the kept predictions of {submission} are gone or damaged; an auditor or the operator must replay it, which writes them again',
    zh: '提交 {submission} 留存的预测已丢失或损坏；请审计方或运营方复现该提交以重新生成',
  },
})
