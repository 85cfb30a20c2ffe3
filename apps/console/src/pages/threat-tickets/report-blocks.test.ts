import { expect, test } from 'vitest'
import { reportBlocks } from './report-blocks.ts'

test('a hand-over is read as headings, tables, lists and texts', () => {
  const markdown = [
    '# 交接班报告 2026-11-22 19:12 – 2026-11-23 03:12 UTC',
    '## 未结工单：1',
    '| 工单 | 状态 | 等待 |\n| --- | --- | --- |\n| ticket\\_1 web\\-1 \\| x | 新建 |  |',
    '## 本班关闭：1',
    '- ticket\\_2 扫描：\\# 误报',
    '实测：2 条命令。\n',
  ].join('\n\n')
  expect(reportBlocks(markdown)).toEqual([
    { kind: 'title', text: '交接班报告 2026-11-22 19:12 – 2026-11-23 03:12 UTC' },
    { kind: 'part', text: '未结工单：1' },
    { kind: 'table', heads: ['工单', '状态', '等待'], rows: [['ticket_1 web-1 | x', '新建', '']] },
    { kind: 'part', text: '本班关闭：1' },
    { kind: 'list', items: ['ticket_2 扫描：# 误报'] },
    { kind: 'text', text: '实测：2 条命令。' },
  ])
})

test('what is no table stays text; what people wrote makes no rows', () => {
  expect(reportBlocks('| a |\nnot a table')).toEqual([{ kind: 'text', text: '| a |\nnot a table' }])
  expect(reportBlocks('| a |\n| --- |\n| \\| \\| b |')).toEqual([{ kind: 'table', heads: ['a'], rows: [['| | b']] }])
})
