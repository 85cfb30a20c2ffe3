/** A few lines of a file around the one that is wrong. */
export interface ExcerptLine {
  readonly number: number
  readonly text: string
  readonly wrong: boolean
}

const AROUND = 3
/** A line of a machine-written file may be long; so much of it is shown. */
const MOST = 300

/** Lines around `line` (from 1); none where the file has no such line. */
export function excerptOf(file: string, line: number): readonly ExcerptLine[] {
  const lines = file.split(/\r?\n/)
  if (line < 1 || line > lines.length) return []
  const from = Math.max(1, line - AROUND)
  return lines.slice(from - 1, line + AROUND).map((text, i) => ({
    number: from + i,
    text: text.length > MOST ? `${text.slice(0, MOST)}…` : text,
    wrong: from + i === line,
  }))
}
