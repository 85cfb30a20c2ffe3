import { placeholdersInChinese } from './placeholders.ts'

/** What commander says of a wrong command line, and how that reads in Chinese. */
const SAYINGS: readonly (readonly [RegExp, string])[] = [
  [/^error: unknown command '(.*?)'(?=\n)/s, '错误：没有命令“$1”'],
  [/^error: unknown option '(.*?)'(?=\n)/s, '错误：没有选项“$1”'],
  [/^error: missing required argument '(.*?)'/, '错误：缺少参数 <$1>'],
  [/^error: required option '(.*?)' not specified/, '错误：缺少必需的选项“$1”'],
  [/^error: option '(.*?)' argument missing/, '错误：选项“$1”缺少取值'],
  [/^error: option '(.*?)' argument '(.*)' is invalid\. /s, '错误：选项“$1”的取值“$2”无效。'],
  [/^error: command-argument value '(.*)' is invalid for argument '(.*?)'\. /s, '错误：参数 <$2> 的取值“$1”无效。'],
  [
    /^error: too many arguments for '(.*?)'\. Expected (\d+) arguments? but got (\d+)\./,
    '错误：“$1”的参数过多：应为 $2 个，实为 $3 个。',
  ],
  [/Allowed choices are (.*)\.(?=\n$)/, '可选：$1。'],
  [/\n\(Did you mean one of (.*)\?\)(?=\n$)/, '\n（是否想用 $1 之一？）'],
  [/\n\(Did you mean (.*)\?\)(?=\n$)/, '\n（是否想用 $1？）'],
]

/** One that is not known here stays as it is. */
export const usageErrorInChinese = (message: string): string =>
  placeholdersInChinese(SAYINGS.reduce((said, [pattern, words]) => said.replace(pattern, words), message))
