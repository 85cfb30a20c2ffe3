import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** The folder with the public data, or undefined where this machine does not have it. */
export function gridFolder(): string | undefined {
  const folder = join(process.env.DENGTA_DATA ?? resolve('../shared/data'), 'grid')
  return existsSync(folder) ? folder : undefined
}

/** Rows of a small CSV without quotes, as records by header. */
export function readCsv(file: string): Record<string, string>[] {
  const [header, ...lines] = readFileSync(file, 'utf8')
    .replace(/^\uFEFF/, '')
    .trim()
    .split(/\r?\n/)
  const names = header!.split(',')
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, i) => [names[i]!, cell.trim()])))
}
