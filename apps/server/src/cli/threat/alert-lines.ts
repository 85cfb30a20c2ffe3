import type { Alert, CorrelatedAlert, VolumeAlert } from '@dengta/threat'
import { called } from '../state-words.ts'
import { pad } from '../table.ts'
import type { Terminal } from '../terminal.ts'

/** Rows are printed one by one, so their first column has a width of its own. */
const LEVEL_CELLS = 13

/** An alert as a row: level, rule, place, author, what matched. */
export function alertRow(alert: Alert | CorrelatedAlert | VolumeAlert, { say }: Pick<Terminal, 'say'>): string {
  const { rule, file, line } = alert
  const level = pad(say(called('level', rule.level)), LEVEL_CELLS)
  return [level, `${rule.title} (${rule.author || '-'})`, `${file}:${line}`, detailOf(alert)].join('  ')
}

function detailOf(alert: Alert | CorrelatedAlert | VolumeAlert): string {
  if ('matched' in alert)
    return alert.matched
      .map(({ field, found }) => `${field ?? '*'}=${found.map(String).join('|')}`.slice(0, 80))
      .join(' ')
  const { group, value, events, from, to } = alert.correlation
  const groups = Object.entries(group).map(([field, text]) => `${field}=${text}`)
  return [...groups, `${value}`, `(${events}: ${from} … ${to})`].join(' ')
}
