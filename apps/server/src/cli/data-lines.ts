import type { QualityReport, SealAnswer } from '@dengta/sdk'
import { called } from './state-words.ts'
import type { Terminal } from './terminal.ts'

type Speaker = Pick<Terminal, 'say'>

const SHOWN_FAULTS = 20

/** What sealing answered: rows, commitment, and what the leak check found. */
export function sealLines(answer: SealAnswer, { say }: Speaker): string[] {
  if (answer.state === 'refused') return [say({ en: 'refused: nothing was sealed', zh: '已拒绝：未封存任何内容' })]
  const { dataset, rows, openRows, hiddenRows, leak } = answer
  const counts = {
    en: `${rows} rows = ${openRows} open + ${hiddenRows} hidden`,
    zh: `${rows} 行 = 公开 ${openRows} + 隐藏 ${hiddenRows}`,
  }
  const found = {
    en: `${leak.exactVectors} vectors stand in both parts, ${leak.nearRows} hidden rows nearly so`,
    zh: `两部分有 ${leak.exactVectors} 个相同向量，${leak.nearRows} 个隐藏行近似重复`,
  }
  return [
    `${dataset}  ${say(counts)}`,
    `  ${say({ en: 'commitment', zh: '承诺值' })} ${answer.commitment}`,
    `  ${say({ en: 'leak check', zh: '泄漏检查' })} ${say(called('check', leak.verdict))}: ${say(found)}`,
  ]
}

/** A quality report: its verdict and the first faults; the rest is counted. */
export function qualityLines(report: QualityReport, { say }: Speaker): string[] {
  const shown = report.faults.slice(0, SHOWN_FAULTS)
  const rest = report.faults.length - shown.length + report.more
  const rows = { en: `${report.rowsChecked} rows`, zh: `${report.rowsChecked} 行` }
  return [
    `  ${say({ en: 'quality', zh: '数据质量' })} ${say(called('check', report.verdict))} (${say(rows)})`,
    ...shown.map((fault) => `  ${fault.row}:${fault.column}  ${say(fault.text)}`),
    ...(rest > 0 ? [`  ${say({ en: `… and ${rest} more`, zh: `…… 另有 ${rest} 处` })}`] : []),
  ]
}
