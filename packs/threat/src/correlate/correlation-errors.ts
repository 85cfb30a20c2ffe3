import { defineErrors } from '@dengta/kernel'

/** What can be wrong with a correlation rule or with saved windows. The load report adds file and line. */
export const correlationErrors = defineErrors('threat_correlation', {
  missing: {
    kind: 'invalid',
    en: 'the correlation lacks "{what}"; add it as Sigma 2.1 asks',
    zh: '关联规则缺少“{what}”；请按 Sigma 2.1 的要求补上',
  },
  unsupported: {
    kind: 'invalid',
    en: '"{what}" is not part of a Sigma 2.1 correlation or not supported here; rewrite the rule without it',
    zh: '“{what}”不属于 Sigma 2.1 关联规则，或此处不支持；请改写规则，不使用它',
  },
  bad_value: {
    kind: 'invalid',
    en: '"{what}" cannot be {value}; it takes {takes}',
    zh: '“{what}”不能是 {value}；可用的写法：{takes}',
  },
  never: {
    kind: 'invalid',
    en: 'the condition can never hold: {why}; correct its numbers',
    zh: '该条件永远不会成立：{why}；请更正其中的数值',
  },
  unknown_rule: {
    kind: 'not_found',
    en: 'there is no usable rule with the id or name "{rule}"; load it too, or correct the name',
    zh: '找不到编号或名称为“{rule}”的可用规则；请一并加载该规则，或更正名称',
  },
  ambiguous: {
    kind: 'conflict',
    en: 'more than one rule is called "{rule}"; refer to it by its id',
    zh: '有多条规则名为“{rule}”；请改用编号引用',
  },
  circle: {
    kind: 'invalid',
    en: 'these correlations refer to each other in a circle: {circle}; break it',
    zh: '以下关联规则互相引用成环：{circle}；请断开',
  },
  duplicate: {
    kind: 'conflict',
    en: 'the id {id} is already used by {other}; give every rule its own id',
    zh: '编号 {id} 已被 {other} 使用；请为每条规则使用不同的编号',
  },
  too_large: {
    kind: 'limit',
    en: 'the correlation is too large: {why}; split it',
    zh: '关联规则过大：{why}；请拆分',
  },
  bad_snapshot: {
    kind: 'invalid',
    en: 'the saved windows cannot be taken up: {why}; start with empty windows or give another file',
    zh: '无法恢复保存的窗口状态：{why}；请以空状态启动，或换一个文件',
  },
})
