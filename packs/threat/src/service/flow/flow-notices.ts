import { fillText, type Text } from '@dengta/kernel'
import type { FlowView } from '@dengta/sdk'
import type { PipelineStatus } from '../../pipeline/pipeline-status.ts'

type Notices = FlowView['notices']

/** What somebody should look at in an open flow: broken parts of its journal, detectors that were lost. */
export function flowNotices({
  journal,
  detectorFailures,
}: Pick<PipelineStatus, 'journal' | 'detectorFailures'>): Notices {
  const damage = journal.damage.map(({ path, from, sequence, next }) => ({
    id: `damage ${path} ${from}`,
    text: next > sequence ? fillText(DAMAGE, { path, batches: next - sequence }) : fillText(HEAD, { path }),
  }))
  const why = detectorFailures.at(-1)
  if (why === undefined) return damage
  return [...damage, { id: 'detectors', text: fillText(LOST, { why }) }]
}

const DAMAGE: Text = {
  en: 'the journal {path} is broken on the disk: {batches} {batches:batch|batches} of acknowledged lines could not be evaluated; they are kept as damaged-*.journal in the folder of the flow, and the flow goes on behind them. Check the disk, and have what was sent then sent again',
  zh: '磁盘上的日志 {path} 已损坏：{batches} 批已确认的数据无法研判，原样保存为数据流目录下的 damaged-*.journal，后续数据照常处理。请检查磁盘，并让发送方重发当时的数据',
}

const HEAD: Text = {
  en: 'the head of the journal {path} is broken on the disk; all lines in it could be read. Check the disk',
  zh: '磁盘上的日志 {path} 头部损坏，其中的数据均可读取。请检查磁盘',
}

const LOST: Text = {
  en: 'a detector was lost since the start, and another took its place; the last time: {why}',
  zh: '启动以来有检测线程异常退出，已由其他线程接替；最近一次：{why}',
}
