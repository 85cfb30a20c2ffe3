import type { Text } from '@dengta/kernel'
import type { Incident } from '../../incident/incident.ts'
import { SEVERITIES } from '../../incident/severities.ts'
import type { Severity } from '../../ticket/ticket.ts'
import { storable } from '../storable.ts'
import type { GroupWords } from './incident-groups.ts'

/** Characters of the words that an incident is found by. */
const MOST_SEARCH = 8000

/** Its first signature and host, and how many more there are. */
export function titleOf({ signature, host, signatures, hosts }: Incident): Text {
  const more = signatures.count - 1
  const where = hosts.count === 1 ? host : `${host} +${hosts.count - 1}`
  const short = storable(signature, 120)
  return {
    en: `${short}${more > 0 ? ` and ${more} more` : ''} on ${where}`,
    zh: `${where} 上的 ${short}${more > 0 ? ` 等 ${more + 1} 类告警` : ''}`,
  }
}

/** The highest level that a detector stated; where none did, the score says: above 2 (88 %) high, else medium. */
export function severityOf({ level, score }: Incident): Severity {
  const stated = SEVERITIES.find((severity) => severity === level)
  return stated ?? (score >= 2 ? 'high' : 'medium')
}

/** The title, then a line for each host and signature as they came; `before` are words of rows that it goes on from. */
export function searchOf(title: Text, before: readonly string[], joined: readonly GroupWords[]): string {
  const lines = before.flatMap((search) => search.split('\n').slice(TITLE_LINES))
  const words = joined.flatMap(({ host, signature }) => [lineOf(host), lineOf(signature)])
  const all = [...new Set([...lines, ...words])].join('\n')
  return storable(`${lineOf(title.en)}\n${lineOf(title.zh)}\n${all}`, MOST_SEARCH)
}

const TITLE_LINES = 2
const lineOf = (words: string): string => words.replaceAll(/\s+/g, ' ').toLowerCase()
