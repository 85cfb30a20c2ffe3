import type { Text } from '@dengta/kernel'

/** The five verbs, and the house itself: headings of the list of commands. */
export const VERBS = {
  house: { en: 'House:', zh: '系统：' },
  open: { en: 'Open:', zh: '开放：' },
  run: { en: 'Run:', zh: '运行：' },
  prove: { en: 'Prove:', zh: '验证：' },
  serve: { en: 'Serve:', zh: '服务：' },
  repeat: { en: 'Repeat:', zh: '复制：' },
} satisfies Record<string, Text>

/** Headings as commander has them. */
export const TITLES: Readonly<Record<string, Text>> = {
  'Usage:': { en: 'Usage:', zh: '用法：' },
  'Arguments:': { en: 'Arguments:', zh: '参数：' },
  'Options:': { en: 'Options:', zh: '选项：' },
  'Commands:': { en: 'Commands:', zh: '命令：' },
}

/** What the command line says of itself. */
export const PROGRAM = {
  about: {
    en: 'Dengta: from pain point to proven, guarded production use. Nothing counts without a record.',
    zh: '灯塔：从痛点到经过验证、有护栏的生产应用。没有凭证，就不算数。',
  },
  version: { en: 'print the version', zh: '显示版本号' },
  language: {
    en: 'language of what you read; else DENGTA_LANG, else the locale',
    zh: '显示语言；不写则取 DENGTA_LANG，再取系统区域设置',
  },
  json: { en: 'print results as one line of JSON', zh: '以一行 JSON 输出结果' },
  actAs: {
    en: 'act for a participant whose key this house keeps (on this machine only)',
    zh: '以密钥由本机保管的参与方身份执行（仅限本机）',
  },
  help: { en: 'show this help', zh: '显示帮助' },
  helpOf: { en: 'show the help of a command', zh: '显示某个命令的帮助' },
  more: { en: '(dengta --help lists the commands)', zh: '（dengta --help 列出全部命令）' },
} satisfies Record<string, Text>
