import type { Text } from '@dengta/kernel'

export const STATE_WORDS = {
  new: { en: 'new', zh: '新建' },
  acknowledged: { en: 'acknowledged', zh: '已受理' },
  'in-progress': { en: 'in progress', zh: '处理中' },
  waiting: { en: 'waiting', zh: '等待中' },
  resolved: { en: 'resolved', zh: '已解决' },
  closed: { en: 'closed', zh: '已关闭' },
  reopened: { en: 'reopened', zh: '重新打开' },
} satisfies Record<string, Text>

export const ACTION_WORDS = {
  acknowledge: { en: 'acknowledge', zh: '受理' },
  start: { en: 'start', zh: '开始处理' },
  wait: { en: 'wait', zh: '等待' },
  resolve: { en: 'resolve', zh: '解决' },
  close: { en: 'close', zh: '关闭' },
  reopen: { en: 'reopen', zh: '重新打开' },
  respond: { en: 'respond', zh: '标记首次处置' },
  look: { en: 'look', zh: '计入一次查看' },
  assign: { en: 'assign', zh: '指派' },
  note: { en: 'note', zh: '添加备注' },
  link: { en: 'link', zh: '关联' },
} satisfies Record<string, Text>
