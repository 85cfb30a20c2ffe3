/** Columns that hold numbers, and those that hold several names with `;` between them. */
const NUMBERS = new Set(['chips', 'hours', 'tier', 'valueYuan', 'delayYuanPerHour', 'everyMinutes', 'costSeconds'])
const LISTS = new Set(['sites', 'chipTypes', 'trust'])
const CHECKPOINT = ['everyMinutes', 'costSeconds']
/** One smaller gang of the column `gangs`: chips and speed, as in `4:0.55;2:0.3`. */
const GANG = /^\s*(\d+)\s*:\s*(\d*\.?\d+)\s*$/

/**
 * Jobs from CSV text (RFC 4180) with field names on its first line, as a list of the same form as in YAML: `everyMinutes` and
 * `costSeconds` make the checkpoint, `sites`, `chipTypes` and `trust` hold names with `;` between, `gangs` chips and speeds (`4:0.55;2:0.3`),
 * empty cells say nothing.
 * Anything but text comes back as it is, and so does what no number can be read from: the schema then names row and field.
 */
export function jobsOfTable(value: unknown): unknown {
  if (typeof value !== 'string') return value
  const [names = [], ...rows] = rowsOf(value.replace(/^\uFEFF/, ''))
  return rows.map((cells) => jobOf(names, cells))
}

function jobOf(names: readonly string[], cells: readonly string[]): Record<string, unknown> {
  const job: Record<string, unknown> = {}
  const checkpoint: Record<string, unknown> = {}
  for (const [i, cell] of cells.entries()) {
    const name = names[i]?.trim() ?? `column ${i + 1}`
    if (cell.trim() === '') continue
    const target = CHECKPOINT.includes(name) ? checkpoint : job
    target[name] = cellValue(name, cell.trim())
  }
  return Object.keys(checkpoint).length > 0 ? { ...job, checkpoint } : job
}

function cellValue(name: string, cell: string): unknown {
  if (name === 'gangs') return cell.split(';').map(gangOf)
  if (LISTS.has(name)) return cell.split(';').map((each) => each.trim())
  return NUMBERS.has(name) && Number.isFinite(Number(cell)) ? Number(cell) : cell
}

function gangOf(text: string): unknown {
  const [, chips, speed] = GANG.exec(text) ?? []
  return chips === undefined ? text : { chips: Number(chips), speed: Number(speed) }
}

/** A cell, in quotes or else plain, and what ends it. A quote that never ends is part of a plain cell. */
const CELL = /(?:"([^"]*(?:""[^"]*)*)"|([^,\r\n]*))(,|\r\n?|\n|$)/y

function rowsOf(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  CELL.lastIndex = 0
  while (CELL.lastIndex < text.length) {
    const [, quoted, plain = '', end] = CELL.exec(text)!
    row.push(quoted?.replaceAll('""', '"') ?? plain)
    if (end === ',' && CELL.lastIndex < text.length) continue
    rows.push(row)
    row = []
  }
  return rows.filter((cells) => cells.some((cell) => cell.trim() !== ''))
}

/**
 * A day whose jobs are a table of another file: put at its end, so that the lines of the day keep their numbers. A day that lists
 * jobs too is then refused by its reader, for it names them twice.
 */
export function withJobsTable(day: string, table: string): string {
  const text = table.replace(/^\uFEFF/, '')
  const whole = day.trim()
  if (whole.startsWith('{') && whole.endsWith('}'))
    return `${whole.slice(0, -1).trimEnd().replace(/,$/, '')}, "jobs": ${JSON.stringify(text)}}`
  const lines = text.split(/\r?\n/).map((line) => `  ${line}`)
  return `${day.trimEnd()}\njobs: |\n${lines.join('\n')}\n`
}
