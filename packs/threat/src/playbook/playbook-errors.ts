import { defineErrors } from '@dengta/kernel'

/** What can be wrong with a playbook file or one of its conditions. */
export const playbookErrors = defineErrors('threat_playbook', {
  not_json: {
    kind: 'invalid',
    en: 'the playbook is not readable JSON at {path}: {problem}; correct the file and import it again',
    zh: '剧本在 {path} 处无法按 JSON 读取：{problem}；请修正文件后重新导入',
  },
  too_large: {
    kind: 'limit',
    en: 'the playbook has {size} {unit}, more than the {limit} that are read; split it and join the parts with playbook-action steps',
    zh: '剧本含 {size} {unit}，超过可读取的上限 {limit}；请拆分，并用 playbook-action 步骤衔接',
  },
  invalid: {
    kind: 'invalid',
    en: 'the playbook is not valid CACAO 2.0 at {path}: {problem} ({more} further faults); correct it and import it again',
    zh: '剧本在 {path} 处不符合 CACAO 2.0：{problemZh}（另有 {more} 处）；请修正后重新导入',
  },
  condition: {
    kind: 'invalid',
    en: 'the condition cannot be read at character {at}: {problem}; compare variables such as __name__:value with constants, joined by AND, OR, NOT',
    zh: '条件在第 {at} 个字符处无法读取：{problem}；请用 AND、OR、NOT 连接 __name__:value 一类变量与常量的比较',
  },
  no_value: {
    kind: 'conflict',
    en: 'the variable {variable} has no value yet; give it one when the run starts or let an earlier step set it',
    zh: '变量 {variable} 尚无取值；请在启动时给出，或由前面的步骤赋值',
  },
  wrong_value: {
    kind: 'invalid',
    en: 'the value of {variable} is no {type}; give one that fits the type that the playbook declares',
    zh: '变量 {variable} 的取值不是 {type}；请给出符合剧本声明类型的值',
  },
  missing_input: {
    kind: 'invalid',
    en: 'the playbook cannot start without {inputs}; give a value for each, or try it in a dry run first',
    zh: '缺少输入 {inputs}，剧本无法启动；请逐一给出取值，也可先预演',
  },
  unknown_variable: {
    kind: 'invalid',
    en: 'the playbook declares no variable {variable} that a caller may set; the ones it takes are: {known}',
    zh: '剧本没有声明可由调用方设置的变量 {variable}；可设置的有：{known}',
  },
})
