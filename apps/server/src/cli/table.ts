/** Columns aligned by what a terminal shows: a Chinese character takes two cells. */
export function formatTable(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = []
  for (const row of rows)
    row.forEach((cell, i) => {
      widths[i] = Math.max(widths[i] ?? 0, cellWidth(cell))
    })
  return rows.map((row) =>
    row
      .map((cell, i) => pad(cell, i === row.length - 1 ? 0 : (widths[i] ?? 0)))
      .join('  ')
      .trimEnd(),
  )
}

export function cellWidth(text: string): number {
  let width = 0
  for (const character of text)
    width += /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/.test(
      character,
    )
      ? 2
      : 1
  return width
}

/** Blanks behind a text up to so many cells. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - cellWidth(text)))
}
