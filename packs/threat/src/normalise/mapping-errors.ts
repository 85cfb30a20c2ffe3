import { defineErrors } from '@dengta/kernel'

export const mappingErrors = defineErrors('threat_mapping', {
  malformed: {
    kind: 'invalid',
    en: 'the mapping {file} is wrong at "{at}": {why}; see the mappings that come with the pack',
    zh: '映射文件 {file} 在“{at}”处有误：{why}；请参照本行业包自带的映射文件',
  },
  clash: {
    kind: 'conflict',
    en: 'the mapping {file} defines the {what} "{name}", which {other} defines already; give it another name',
    zh: '映射文件 {file} 定义的{whatZh}“{name}”与 {other} 中的重名；请换一个名称',
  },
  unreadable_folder: {
    kind: 'invalid',
    en: 'no mapping can be read in {folder}: {why}; give a folder with .yml mappings in it',
    zh: '无法从 {folder} 读取映射：{why}；请给出含有 .yml 映射文件的目录',
  },
  unknown_table: {
    kind: 'invalid',
    en: 'the mapping {file} names the table "{table}", which no mapping file defines; define it under tables or categories',
    zh: '映射文件 {file} 引用了表“{table}”，但没有任何映射文件定义它；请在 tables 或 categories 下定义',
  },
})
