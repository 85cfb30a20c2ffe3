import { defineErrors } from '@dengta/kernel'

export const publishErrors = defineErrors('threat_publish', {
  bad_secret: {
    kind: 'invalid',
    en: 'the secret of the webhook {endpoint} is not of the form whsec_ and base64 of 24 to 64 bytes; make a new one',
    zh: 'Webhook {endpoint} 的密钥格式不正确，应为 whsec_ 加 24 至 64 字节的 base64；请重新生成',
  },
  bad_signature: {
    kind: 'unauthenticated',
    en: 'the webhook is not from who it says: {why}; refuse it',
    zh: '该 Webhook 的来源不可信：{why}；请拒收',
  },
  stale: {
    kind: 'conflict',
    en: 'the delivery {id} has changed since it was read; read it again',
    zh: '投递 {id} 在读取之后已有变化；请重新读取',
  },
})
