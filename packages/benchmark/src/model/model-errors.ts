import { defineErrors } from '@dengta/kernel'

/** Why a model file is turned away before anything of it runs. Each text says what to change. */
export const modelErrors = defineErrors('model', {
  not_json: {
    kind: 'invalid',
    en: 'the file is not JSON; hand in UTF-8 text as described in docs/reference/models.md',
    zh: '文件不是合法的 JSON；请按 docs/reference/models.md 提交 UTF-8 文本',
  },
  schema: {
    kind: 'invalid',
    en: 'the model does not fit its format at {path}: {problem}',
    zh: '模型在 {path} 处不符合格式：{problemZh}',
  },
  wrong_task: {
    kind: 'invalid',
    en: 'the model is for {found}, but this benchmark asks for {expected}',
    zh: '模型的任务是 {found}，而本基准要求 {expected}',
  },
  unknown_input: {
    kind: 'invalid',
    en: 'the model reads the input {input}, which this benchmark does not offer; use the names listed under "features" of the benchmark',
    zh: '模型需要输入 {input}，但本基准不提供；请使用基准 “features” 中列出的名称',
  },
  unknown_feature: {
    kind: 'invalid',
    en: 'a feature uses {name}, which is not among the inputs of the model; add it to "inputs"',
    zh: '特征用到的 {name} 不在模型的输入之中；请把它加入 “inputs”',
  },
  classes_differ: {
    kind: 'invalid',
    en: 'the classes of the model are not those of the benchmark ({expected}); list each of them once',
    zh: '模型的类别与基准的类别（{expected}）不一致；请把每个类别恰好列出一次',
  },
  coefficient_count: {
    kind: 'invalid',
    en: '{part} holds {found} numbers where {expected} are needed',
    zh: '{part} 有 {found} 个数，应为 {expected} 个',
  },
  tree_arrays: {
    kind: 'invalid',
    en: 'the arrays of tree {tree} differ in length; feature, threshold, left, right and value need one entry per node',
    zh: '第 {tree} 棵树的数组长度不一致；feature、threshold、left、right、value 每个节点各占一项',
  },
  tree_link: {
    kind: 'invalid',
    en: 'node {node} of tree {tree} points to a child that is missing or does not come after it; number children above their parent',
    zh: '第 {tree} 棵树的节点 {node} 指向不存在或编号不大于自己的子节点；子节点编号必须大于父节点',
  },
  tree_feature: {
    kind: 'invalid',
    en: 'node {node} of tree {tree} splits on a feature that does not exist; use 0 to {last}, or -1 for a leaf',
    zh: '第 {tree} 棵树的节点 {node} 使用了不存在的特征；请用 0 到 {last}，叶节点用 -1',
  },
  tree_output: {
    kind: 'invalid',
    en: 'tree {tree} adds to output {output}, which does not exist; use 0 to {last}',
    zh: '第 {tree} 棵树累加到不存在的输出 {output}；请用 0 到 {last}',
  },
  too_many_nodes: {
    kind: 'limit',
    en: 'the model has {found} nodes; {limit} are allowed',
    zh: '模型有 {found} 个节点，最多允许 {limit} 个',
  },
  too_deep: {
    kind: 'limit',
    en: 'tree {tree} is {found} levels deep; {limit} are allowed',
    zh: '第 {tree} 棵树深 {found} 层，最多允许 {limit} 层',
  },
  malformed_onnx: {
    kind: 'invalid',
    en: 'the file is not a readable ONNX model: {problem}',
    zh: '文件不是可读取的 ONNX 模型：{problem}',
  },
  unknown_domain: {
    kind: 'invalid',
    en: 'the operator domain {domain} is not allowed; only the standard ONNX domain and ai.onnx.ml are',
    zh: '不允许算子域 {domain}；只接受 ONNX 标准域和 ai.onnx.ml',
  },
  unknown_operator: {
    kind: 'invalid',
    en: 'the operator {operator} is not on the list of allowed operators in docs/reference/models.md; export the model without it',
    zh: '算子 {operator} 不在 docs/reference/models.md 的允许清单内；请导出不含它的模型',
  },
  opset: {
    kind: 'invalid',
    en: 'operator set {version} of domain {domain} is not supported; export with {low} to {high}',
    zh: '不支持域 {domain} 的算子集版本 {version}；请用 {low} 到 {high} 导出',
  },
  subgraph: {
    kind: 'invalid',
    en: 'the operator {operator} carries a graph of its own; loops, scans, branches and functions are not allowed',
    zh: '算子 {operator} 带有子图；不允许循环、扫描、分支和函数',
  },
  external_data: {
    kind: 'invalid',
    en: 'the tensor {tensor} keeps its data in another file; put all weights into the model file',
    zh: '张量 {tensor} 的数据放在另一个文件里；请把全部权重放进模型文件',
  },
  too_many_weights: {
    kind: 'limit',
    en: 'the weights of the model take {found} bytes; {limit} are allowed',
    zh: '模型权重占 {found} 字节，最多允许 {limit} 字节',
  },
  onnx_input: {
    kind: 'invalid',
    en: 'the model must take one float or double tensor [N, {features}], or one tensor [N] or [N, 1] for each input by its name: {problem}',
    zh: '模型须接收一个 [N, {features}] 的 float 或 double 张量，或按名称为每个输入各接收一个 [N] 或 [N, 1] 张量：{problem}',
  },
  onnx_output: {
    kind: 'invalid',
    en: 'the first output must be a tensor [N] or [N, 1], or [N, classes] of scores for classes: {problem}',
    zh: '第一个输出须为 [N] 或 [N, 1] 张量；分类任务也可为 [N, 类别数] 的得分：{problem}',
  },
  prediction_count: {
    kind: 'invalid',
    en: 'the file holds {found} predictions where {expected} are needed, one per hidden row in file order',
    zh: '文件有 {found} 个预测值，应为 {expected} 个：按文件顺序，每个隐藏行一个',
  },
  prediction_value: {
    kind: 'invalid',
    en: 'prediction {number} is not a finite number or not one of the classes of the benchmark',
    zh: '第 {number} 个预测值不是有限数，或不是本基准的类别',
  },
})
