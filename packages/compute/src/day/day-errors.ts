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
  other_origin: {
    kind: 'conflict',
    en: 'this day is here already ({id}), as {known} data; that stands in signed records and cannot be changed: to upload it as {asked}, give the snapshot in the file another name',
    zh: '该排程日已存在（{id}），数据来源为{known}；来源已写入签名凭证，不能更改：如需标为{asked}，请更改文件中的快照名称后重新上传',
  },
  not_text: {
    kind: 'invalid',
    en: 'the file is not UTF-8 text; save it as UTF-8 and send it again',
    zh: '文件不是 UTF-8 文本；请另存为 UTF-8 后重新提交',
  },
})
