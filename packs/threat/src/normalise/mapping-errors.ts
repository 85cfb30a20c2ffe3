import { defineErrors } from '@dengta/kernel'

export const mappingErrors = defineErrors('threat_mapping', {
  malformed: {
    kind: 'invalid',
    en: 'the mapping {file} is wrong at "{at}": {why}; see the mappings that come with the pack',
    zh: '映射文件 {file} 在“{at}”处有误：{why}；请参照本行业包自带的映射文件',
  },
  unknown_table: {
    kind: 'invalid',
    en: 'the mapping {file} names the table "{table}", which no mapping file defines; define it under tables or categories',
    zh: '映射文件 {file} 引用了表“{table}”，但没有任何映射文件定义它；请在 tables 或 categories 下定义',
  },
})
