import { defineErrors } from '@dengta/kernel'

export const dayErrors = defineErrors('day', {
  missing: {
    kind: 'not_found',
    en: 'there is no day {id}; see GET /api/v1/compute/days for those there are',
    zh: '没有编号为 {id} 的排程日；可用 GET /api/v1/compute/days 查看已有排程日',
  },
  none: {
    kind: 'conflict',
    en: 'no day has been uploaded yet; the operator uploads one with `dengta compute upload DAY.yaml`',
    zh: '尚未上传任何排程日；请运营方用 `dengta compute upload DAY.yaml` 上传',
  },
  not_text: {
    kind: 'invalid',
    en: 'the file is not UTF-8 text; save it as UTF-8 and send it again',
    zh: '文件不是 UTF-8 文本；请另存为 UTF-8 后重新提交',
  },
})
