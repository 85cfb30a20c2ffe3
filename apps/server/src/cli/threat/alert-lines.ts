import type { Alert, CorrelatedAlert, VolumeAlert } from '@dengta/threat'

const HIDDEN = /[\p{Cc}\p{Cf}\u2028\u2029]/gu

/** An alert as one line of JSON; characters that a reader does not see are written as \u escapes. */
export function alertJson(alert: Alert | CorrelatedAlert | VolumeAlert): string {
  return JSON.stringify(alert).replace(HIDDEN, escaped)
}

/** An alert as a row: level, rule, place, author, what matched. */
export function alertRow(alert: Alert | CorrelatedAlert | VolumeAlert): string {
  const { rule, file, line } = alert
  return [rule.level.padEnd(13), `${rule.title} (${rule.author || '-'})`, `${file}:${line}`, detailOf(alert)].join('  ')
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

/** By UTF-16 unit: a character beyond the basic plane becomes a pair, as JSON wants. */
const escaped = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`,
  ).join('')
