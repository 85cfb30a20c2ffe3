import { defineErrors } from '@dengta/kernel'

/** Failures around a data set. None carries a value of a row. */
export const dataSetErrors = defineErrors('data_set', {
  too_large: {
    kind: 'limit',
    en: 'the file is larger than {bytes} bytes; nothing was kept; thin it out or ask the operator to raise the limit',
    zh: '文件超过 {bytes} 字节，未保留任何内容；请精简数据，或请运营方调高上限',
  },
  too_many_rows: {
    kind: 'limit',
    en: 'the file has more than {rows} rows; nothing was kept; thin it out or ask the operator to raise the limit',
    zh: '文件超过 {rows} 行，未保留任何内容；请精简数据，或请运营方调高上限',
  },
  record_too_long: {
    kind: 'limit',
    en: 'the record that begins on line {line} is longer than {bytes} bytes; look there for a quote that never closes',
    zh: '从第 {line} 行开始的记录超过 {bytes} 字节；请检查该处是否有未闭合的引号',
  },
  too_many_categories: {
    kind: 'limit',
    en: 'the column {column} has more than {labels} different labels; give it kind number, or list its values',
    zh: '列 {column} 的不同标签超过 {labels} 个；请改为数值列，或在标准中列出取值',
  },
  withheld: {
    kind: 'conflict',
    en: 'the data of {benchmark} is withheld: {vectors} hidden vectors also stand in its open rows, which would give them away; repair the split and seal again',
    zh: '{benchmark} 的数据暂不提供：有 {vectors} 个隐藏样本同时出现在公开数据中，公开即会泄漏；请修正划分后重新封存',
  },
  one_sided_split: {
    kind: 'invalid',
    en: 'the split leaves {open} open and {hidden} hidden rows; each part needs at least {least}; check the split rule',
    zh: '按此划分公开 {open} 行、隐藏 {hidden} 行；两部分都至少需要 {least} 行；请检查划分规则',
  },
  not_the_owner: {
    kind: 'forbidden',
    en: 'only the owner of the benchmark {benchmark} may do this; sign in as its owner',
    zh: '只有基准 {benchmark} 的所有者才能执行此操作；请以所有者身份登录',
  },
  not_sealed: {
    kind: 'not_found',
    en: 'the benchmark {benchmark} has no sealed data set yet; its owner must seal one first',
    zh: '基准 {benchmark} 尚未封存数据集；请先由其所有者封存',
  },
  not_checked: {
    kind: 'not_found',
    en: 'no data was handed in for the benchmark {benchmark} yet; hand in a file first',
    zh: '基准 {benchmark} 尚未提交过数据；请先提交数据文件',
  },
  stays_hidden: {
    kind: 'forbidden',
    en: 'the hidden rows of the benchmark {benchmark} never leave; hand in a model instead of predictions',
    zh: '基准 {benchmark} 的隐藏行不对外提供；请提交模型，而不是预测值',
  },
  sealed_missing: {
    kind: 'unavailable',
    en: 'the sealed rows of the data set {dataset} are not in this house; restore the folder `sealed` from the backup',
    zh: '本机找不到数据集 {dataset} 的封存数据；请从备份恢复 `sealed` 目录',
  },
  sealed_damaged: {
    kind: 'unavailable',
    en: 'the sealed rows of the data set {dataset} are damaged; restore the folder `sealed` from the backup',
    zh: '数据集 {dataset} 的封存数据已损坏；请从备份恢复 `sealed` 目录',
  },
})
