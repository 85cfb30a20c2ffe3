import type { Language } from '@dengta/kernel'
import type { Command, Option } from 'commander'
import { expect, test } from 'vitest'
import { cellWidth } from '../table.ts'
import { everyCommand, pathOf, programToRead } from './program-to-read.ts'
import { usageErrorInChinese } from './usage-errors.ts'
import { wrapText } from './wrap-text.ts'

const CHINESE = /[\u4e00-\u9fff]/

function speaking(language: Language): { program: Command; written: string[] } {
  const written: string[] = []
  const stream = { write: (text: string) => written.push(text) > 0, columns: 100 } as unknown as NodeJS.WriteStream
  return { program: programToRead(language, { stdout: stream, stderr: stream }), written }
}

const shown = ({ options }: Command): Option[] => options.filter(({ hidden }) => !hidden)

/** Every text beside a command, by the place where it stands. */
function textsOf(language: Language): Map<string, string> {
  return new Map(
    everyCommand(speaking(language).program).flatMap((command) => [
      [pathOf(command), command.description()] as const,
      ...shown(command).map(({ flags, description }) => [`${pathOf(command)} ${flags}`, description] as const),
    ]),
  )
}

test('every command and option says in both languages what it is', () => {
  const [english, chinese] = [textsOf('en'), textsOf('zh')]
  expect(english.size).toBeGreaterThan(200)
  expect([...chinese.keys()]).toEqual([...english.keys()])
  expect([...english].filter(([, text]) => text === '' || CHINESE.test(text))).toEqual([])
  expect([...chinese].filter(([, text]) => !CHINESE.test(text))).toEqual([])
})

/** The whole help of every command, with what stands behind it. */
function helpOf(language: Language): string {
  const { program, written } = speaking(language)
  for (const command of everyCommand(program)) command.outputHelp()
  return written.join('')
}

test('help is of one language: headings, placeholders, choices and what stands behind', () => {
  expect(helpOf('en')).not.toMatch(CHINESE)
  const chinese = helpOf('zh')
  expect(chinese).not.toMatch(/Usage:|Options:|Commands:|choices:|default:|display help/)
  const placeholders = chinese.match(/[<[][^<>[\]]+[>\]]/g) ?? []
  expect(placeholders.filter((each) => !CHINESE.test(each))).toEqual([])
  expect(chinese).toContain('用法： dengta compute upload [选项] <文件>')
})

test('columns of Chinese help stand one below the other, and lines keep to the width', () => {
  const { program, written } = speaking('zh')
  program.commands.find((each) => each.name() === 'submit')?.outputHelp()
  const lines = written.join('').split('\n')
  const starts = lines
    .filter((line) => /^ {2}-/.test(line))
    .map((line) => cellWidth(/^ {2}-.*?\s{2,}/.exec(line)?.[0] ?? ''))
  expect(new Set(starts).size).toBe(1)
  expect(lines.filter((line) => cellWidth(line) > 80)).toEqual([])
})

test.each([
  ['一二三四五', 4, '一二\n三四\n五'],
  ['按编号查询，离线', 8, '按编号查\n询，离线'],
  ['编号，离线', 4, '编\n号，\n离线'],
  ['a plan of a day', 8, 'a plan\nof a day'],
  ['first\n  second', 40, 'first\n  second'],
  ['读取 .json 计划文件', 12, '读取 .json\n计划文件'],
])('%j in %i cells', (text, width, wrapped) => {
  expect(wrapText(text, width)).toBe(wrapped)
})

const WRONG: readonly (readonly [string[], RegExp])[] = [
  [['bord'], /^错误：没有命令“bord”\n（是否想用 board？）/],
  [['threat', 'demo', '--sampel'], /^错误：没有选项“--sampel”\n（是否想用 --sample？）/],
  [['board'], /^错误：缺少参数 <基准>/],
  [['board', 'a', 'b'], /^错误：“board”的参数过多：应为 1 个，实为 2 个。/],
  [['train', 'a', 'b', '--kind'], /^错误：选项“--kind <种类>”缺少取值/],
  [['train', 'a', 'b', '--kind', 'x'], /^错误：选项“--kind <种类>”的取值“x”无效。可选：linear, .*。\n/],
  [['train', 'a', 'b', '--seed', 'x'], /^错误：选项“--seed <数>”的取值“x”无效。请给出一个数。/],
  [['threat', 'tickets', 'open', 'x'], /^错误：缺少必需的选项“--severity <级别>”/],
  [['threat', 'targets', 'remove', 'x'], /^错误：参数 <动作> 的取值“x”无效。可选：isolate-host, .*。\n/],
]

test.each(WRONG)('%j is answered in Chinese', async (words, said) => {
  const { program, written } = speaking('zh')
  await expect(program.parseAsync(words, { from: 'user' })).rejects.toMatchObject({ exitCode: 1 })
  expect(written.join('')).toMatch(said)
  expect(written.join('')).toContain('dengta --help 列出全部命令')
})

test('what commander may say some day stays as it is', () => {
  expect(usageErrorInChinese('error: out of luck\n')).toBe('error: out of luck\n')
})
