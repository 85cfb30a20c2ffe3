import { defineErrors } from '@dengta/kernel'

/** What can be wrong inside one rule. The load report adds the file and the line. */
export const ruleErrors = defineErrors('threat_rule', {
  not_yaml: {
    kind: 'invalid',
    en: 'this is not readable YAML: {why}; correct the file',
    zh: '无法按 YAML 读取：{why}；请修正该文件',
  },
  missing: {
    kind: 'invalid',
    en: 'the rule lacks "{what}"; add it as the Sigma 2.1 rule schema asks',
    zh: '规则缺少“{what}”；请按 Sigma 2.1 规则格式补上',
  },
  unsupported: {
    kind: 'invalid',
    en: '"{what}" is not part of Sigma 2.1 or not supported here; rewrite the rule without it',
    zh: '“{what}”不属于 Sigma 2.1，或此处不支持；请改写规则，不使用它',
  },
  unknown_modifier: {
    kind: 'invalid',
    en: 'the modifier "{modifier}" is unknown; use one of the Sigma 2.1 modifiers',
    zh: '修饰符“{modifier}”未知；请使用 Sigma 2.1 规定的修饰符',
  },
  wrong_type: {
    kind: 'invalid',
    en: 'the modifier "{modifier}" does not take the value {value}; it takes {takes}',
    zh: '修饰符“{modifier}”不接受值 {value}；它只接受 {takes}',
  },
  bad_value: {
    kind: 'invalid',
    en: 'the value {value} cannot be used with "{modifier}": {why}',
    zh: '值 {value} 不能与“{modifier}”一起使用：{why}',
  },
  bad_regex: {
    kind: 'invalid',
    en: 'the regular expression {pattern} cannot be used: {why}; write it within the RE2 syntax',
    zh: '正则表达式 {pattern} 不能使用：{why}；请按 RE2 语法改写',
  },
  bad_condition: {
    kind: 'invalid',
    en: 'the condition "{condition}" cannot be read at character {at}: {why}',
    zh: '条件“{condition}”在第 {at} 个字符处无法解析：{why}',
  },
  bad_detection: {
    kind: 'invalid',
    en: 'the detection "{name}" must be a map of fields, a list of keywords or a list of maps',
    zh: '检测项“{name}”必须是字段映射、关键字列表或映射的列表',
  },
  silencing: {
    kind: 'invalid',
    en: 'the condition of the filter never holds, so it would silence every rule that it names; name a detection that is there',
    zh: '过滤器的条件永远不成立，会使其指定的规则全部失效；请引用存在的检测项',
  },
  placeholder: {
    kind: 'invalid',
    en: 'the placeholder %{name}% has no values; give them in the placeholders of this installation',
    zh: '占位符 %{name}% 没有取值；请在本系统的占位符配置中给出',
  },
  duplicate: {
    kind: 'conflict',
    en: 'the id {id} is already used by {other}; give every rule its own id',
    zh: '编号 {id} 已被 {other} 使用；请为每条规则使用不同的编号',
  },
  too_costly: {
    kind: 'limit',
    en: 'looking at the rules of this line takes longer than {limit}; it is counted, and not all rules were looked at',
    zh: '按规则检查这一行所需时间超过 {limit}；已计数，但未检查全部规则',
  },
  too_large: {
    kind: 'limit',
    en: 'the rule is too large: {why}; split it',
    zh: '规则过大：{why}；请拆分',
  },
})
