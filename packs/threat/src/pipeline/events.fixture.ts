import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const RULE = `title: Shell
id: shell
author: Ada
date: 2024-01-01
level: high
logsource: {product: windows, category: process_creation}
detection:
  s:
    Image|endswith: '\\cmd.exe'
  condition: s
`

/** A folder with one rule, `shell`. */
export function ruleFolder(folder: string, text: string = RULE): string {
  const path = join(folder, `rules-${text.length}`)
  mkdirSync(path, { recursive: true })
  writeFileSync(join(path, 'shell.yml'), text)
  return path
}

/** A line of an event that fires `shell`; the number tells events apart. */
export function firingLine(number: number): string {
  const event = { Channel: 'Microsoft-Windows-Sysmon/Operational', EventID: 1, Image: 'C:\\cmd.exe', number }
  return `${JSON.stringify(event)}\n`
}

export function quietLine(number: number): string {
  return firingLine(number).replace('cmd.exe', 'calc.exe')
}

/** Characters a and b in an order that nobody can guess, always the same. */
export function unordered(length: number): string {
  let seed = 1
  const next = (): string => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed % 2 === 0 ? 'a' : 'b'
  }
  return Array.from({ length }, next).join('')
}
