import { cellWidth } from '../table.ts'

const WIDE = '\\u2e80-\\u9fff\\uf900-\\ufaff\\uff00-\\uff60'
/** What stays together: a word or a Chinese character, with the marks that may not begin or end a line. */
const PIECES = new RegExp(`\\s+|[（《]*(?:[^\\s${WIDE}]+|[${WIDE}])[，。；：、）》]*`, 'g')

/** Text in lines of at most `width` cells, broken at blanks and between Chinese characters; its own breaks stay. */
export function wrapText(text: string, width: number): string {
  return text
    .split('\n')
    .flatMap((line) => wrapLine(line, width))
    .join('\n')
}

function wrapLine(line: string, width: number): string[] {
  const lines: string[] = []
  let current = ''
  for (const piece of line.match(PIECES) ?? []) {
    const isFull = current !== '' && cellWidth(current + piece.trimEnd()) > width
    if (isFull) lines.push(current.trimEnd())
    current = isFull ? piece.trimStart() : current + piece
  }
  return [...lines, current.trimEnd()]
}
