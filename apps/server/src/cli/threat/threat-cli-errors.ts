import { defineErrors } from '@dengta/kernel'

/** What can be wrong with the words of a `dengta threat` command. */
export const threatCliErrors = defineErrors('threat_cli', {
  no_rules: {
    kind: 'invalid',
    en: 'no .yml rule was found in {path}; give a rule file, a folder of them or a .tar.gz',
    zh: '在 {path} 中没有找到 .yml 规则；请给出规则文件、规则目录或 .tar.gz',
  },
  no_events: {
    kind: 'invalid',
    en: 'no event file was found in {path}; event files end in .ndjson, .jsonl, .json, .log or .evtx, also with .gz, .br or .zst',
    zh: '在 {path} 中没有找到事件文件；事件文件以 .ndjson、.jsonl、.json、.log 或 .evtx 结尾，也可再加 .gz、.br 或 .zst',
  },
  no_such_line: {
    kind: 'not_found',
    en: '{file} has no line {line}; give a smaller number',
    zh: '{file} 没有第 {line} 行；请给出较小的行号',
  },
  not_an_event: {
    kind: 'invalid',
    en: '{file}:{line} is not a JSON object of at most 64 levels; give the line of an event',
    zh: '{file}:{line} 不是 64 层以内的 JSON 对象；请给出一条事件所在的行',
  },
  no_such_rule: {
    kind: 'not_found',
    en: 'there is no valid detection rule {rule} in {path}; "dengta threat lint {path}" says what is there',
    zh: '{path} 中没有可用的检测规则 {rule}；可用“dengta threat lint {path}”查看其中的规则',
  },
  no_such_playbook: {
    kind: 'not_found',
    en: 'no playbook, or more than one, is called {playbook}; give the id of one of: {known}',
    zh: '没有名为 {playbook} 的剧本，或不止一个；请给出其中之一的标识：{known}',
  },
  not_an_input: {
    kind: 'invalid',
    en: '"{words}" is no input; write name=value, such as --input host=web-1',
    zh: '“{words}”不是输入；请写成 名称=值，例如 --input host=web-1',
  },
  event_not_kept: {
    kind: 'not_found',
    en: 'the event of alert {id} is no longer kept, or was over 16 KiB; compare an event from its log with "dengta threat explain EVENT RULE"',
    zh: '告警 {id} 的事件已不再保留，或超过 16 KiB；可取日志中的事件，用“dengta threat explain 事件 规则”比对',
  },
})

/** What can be wrong in the file of a response target. */
export const targetFileErrors = defineErrors('threat_target', {
  not_yaml: {
    kind: 'invalid',
    en: 'line {line}: the target is neither YAML nor JSON: {problem}; correct the line and try again',
    zh: '第 {line} 行：目标文件不是有效的 YAML 或 JSON（{problem}）；请改正后重试',
  },
  field: {
    kind: 'invalid',
    en: 'line {line}, {path}: {problem}; correct the field and try again',
    zh: '第 {line} 行，{path}：{problemZh}；请改正后重试',
  },
})
