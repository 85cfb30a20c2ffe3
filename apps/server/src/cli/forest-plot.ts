export interface ForestRow {
  readonly label: string
  readonly value: number
  readonly low: number
  readonly high: number
}

export interface ForestOptions {
  readonly threshold: number
  readonly cells: number
}

/** A forest plot in characters: `├──●──┤` is the interval, `┊` the threshold. One line a row, without its label. */
export function forestPlot(rows: readonly ForestRow[], { threshold, cells }: ForestOptions): string[] {
  const all = [threshold, ...rows.flatMap((row) => [row.low, row.high])].filter(Number.isFinite)
  const least = Math.min(...all)
  const span = Math.max(...all) - least || 1
  const cell = (value: number): number => Math.round(((value - least) / span) * (cells - 1))
  return rows.map((row) => drawRow(row, cell, { threshold, cells }))
}

function drawRow(row: ForestRow, cell: (value: number) => number, { threshold, cells }: ForestOptions): string {
  const line = Array.from({ length: cells }, () => ' ')
  line[cell(threshold)] = '┊'
  for (let i = cell(row.low); i <= cell(row.high); i += 1) line[i] = '─'
  line[cell(row.low)] = '├'
  line[cell(row.high)] = '┤'
  line[cell(row.value)] = '●'
  return line.join('')
}
