import { defineErrors } from '@dengta/kernel'

export const trainingErrors = defineErrors('training', {
  faulty_rows: {
    kind: 'invalid',
    en: 'the training file does not fit the data standard: {fault} in {column}; download the open part again, or correct the file',
    zh: '训练文件不符合数据标准：列 {column} 存在 {fault}；请重新下载公开部分，或修正文件',
  },
  wrong_form: {
    kind: 'invalid',
    en: 'a baseline of kind {kind} cannot be written as {form}; choose {own} or onnx',
    zh: '{kind} 类基线不能写成 {form} 形式；请选择 {own} 或 onnx',
  },
})
