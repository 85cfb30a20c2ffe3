import { defineErrors } from '@dengta/kernel'

/** What can be wrong with a definition. `line` is the line of the file, `path` the way to the field. */
export const definitionErrors = defineErrors('benchmark', {
  not_yaml: {
    kind: 'invalid',
    en: 'line {line}: the file is neither YAML nor JSON: {problem}; correct the line and send the file again',
    zh: '第 {line} 行：文件不是有效的 YAML 或 JSON（{problem}）；请改正后重新提交',
  },
  field: {
    kind: 'invalid',
    en: 'line {line}, {path}: {problem}',
    zh: '第 {line} 行，{path}：{problemZh}',
  },
  target_count: {
    kind: 'invalid',
    en: 'line {line}, {path}: {count} columns have `use: target`; give it to exactly one',
    zh: '第 {line} 行，{path}：有 {count} 列标为 `use: target`；请只保留一列',
  },
  no_feature: {
    kind: 'invalid',
    en: 'line {line}, {path}: no column has `use: feature`; a model needs at least one',
    zh: '第 {line} 行，{path}：没有任何列标为 `use: feature`；模型至少需要一个特征',
  },
  repeated_column: {
    kind: 'invalid',
    en: 'line {line}, {path}: the column {column} stands here twice; rename or remove one',
    zh: '第 {line} 行，{path}：列 {column} 重复；请改名或删除其一',
  },
  repeated_use: {
    kind: 'invalid',
    en: 'line {line}, {path}: a second column has `use: {use}`; only one may slice the hidden rows so',
    zh: '第 {line} 行，{path}：第二列又标为 `use: {use}`；该用途只允许一列',
  },
  feature_not_number: {
    kind: 'invalid',
    en: 'line {line}, {path}: the feature {column} is a category; models read numbers, so encode it as number columns',
    zh: '第 {line} 行，{path}：特征 {column} 是类别；模型只读取数值，请先编码为数值列',
  },
  target_kind: {
    kind: 'invalid',
    en: 'line {line}, {path}: the target of a {task} must be of kind {kind}',
    zh: '第 {line} 行，{path}：{task} 任务的目标列必须是 {kind} 类型',
  },
  target_without_values: {
    kind: 'invalid',
    en: 'line {line}, {path}: a class target lists its labels in `values`; add them',
    zh: '第 {line} 行，{path}：分类目标须在 `values` 中列出全部标签；请补充',
  },
  range_order: {
    kind: 'invalid',
    en: 'line {line}, {path}: the range must go from low to high',
    zh: '第 {line} 行，{path}：取值范围必须由低到高',
  },
  range_on_category: {
    kind: 'invalid',
    en: 'line {line}, {path}: a category has no range; list its `values` instead',
    zh: '第 {line} 行，{path}：类别列没有取值范围；请改用 `values` 列出取值',
  },
  values_on_number: {
    kind: 'invalid',
    en: 'line {line}, {path}: a number has no `values`; give its `range` instead',
    zh: '第 {line} 行，{path}：数值列不用 `values`；请改用 `range` 给出范围',
  },
  repeated_value: {
    kind: 'invalid',
    en: 'line {line}, {path}: a label stands here twice; remove one',
    zh: '第 {line} 行，{path}：标签重复；请删除其一',
  },
  split_column: {
    kind: 'invalid',
    en: 'line {line}, {path}: the data standard has no column {column}; name one of its columns',
    zh: '第 {line} 行，{path}：数据标准中没有列 {column}；请填写已有的列名',
  },
  split_by_target: {
    kind: 'invalid',
    en: 'line {line}, {path}: a split by the target {column} would tell hidden values; choose another column',
    zh: '第 {line} 行，{path}：按目标列 {column} 划分会泄露隐藏值；请换一列',
  },
  split_column_kind: {
    kind: 'invalid',
    en: 'line {line}, {path}: a {split} split needs a {kind} column that no model reads; give {column} `use: period` or `part`',
    zh: '第 {line} 行，{path}：{split} 划分需要模型不读取的 {kind} 列；请将 {column} 标为 `use: period` 或 `part`',
  },
  split_label: {
    kind: 'invalid',
    en: 'line {line}, {path}: the column {column} does not list this label in its `values`; use one of them',
    zh: '第 {line} 行，{path}：列 {column} 的 `values` 中没有该标签；请填写其中之一',
  },
  metric_of_other_task: {
    kind: 'invalid',
    en: 'line {line}, {path}: {metric} does not measure a {task}; choose from {choices}',
    zh: '第 {line} 行，{path}：{metric} 不适用于 {task} 任务；可选 {choices}',
  },
  reference_without_time: {
    kind: 'invalid',
    en: 'line {line}, {path}: delayed feedback needs a regression with a time split; remove `reference` or change the split',
    zh: '第 {line} 行，{path}：延迟反馈列只适用于按时间划分的回归；请删除 `reference` 或改用时间划分',
  },
  reference_reveals: {
    kind: 'invalid',
    en: 'line {line}, {path}: reference columns are made of hidden targets and may not be downloaded; set `hidden: all`',
    zh: '第 {line} 行，{path}：参考列由隐藏目标计算而来，不得下载；请设为 `hidden: all`',
  },
  predictions_without_features: {
    kind: 'invalid',
    en: 'line {line}, {path}: predictions need the hidden features; set `hidden: target` or remove this form',
    zh: '第 {line} 行，{path}：提交预测值需要隐藏行的特征；请设为 `hidden: target` 或去掉该提交形式',
  },
})
