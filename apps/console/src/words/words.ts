import { fill, type Language, type Text } from '@dengta/sdk'
import { BOARD_WORDS } from './board-words.ts'
import { COMPUTE_WORDS } from './compute-words.ts'
import { ENGINE_WORDS } from './engine-words.ts'
import { EVENT_WORDS } from './event-words.ts'
import { GANTT_WORDS } from './gantt-words.ts'
import { PUBLIC_WORDS } from './public-words.ts'
import { RECORD_WORDS } from './record-words.ts'
import { SCENARIO_WORDS } from './scenario-words.ts'
import { SHELL_WORDS } from './shell-words.ts'
import { SUBMISSION_WORDS } from './submission-words.ts'
import { THREAT_AUDIT_WORDS } from './threat-audit-words.ts'
import { THREAT_INCIDENT_WORDS } from './threat-incident-words.ts'
import { THREAT_RESPONSE_WORDS } from './threat-response-words.ts'
import { THREAT_RULE_WORDS } from './threat-rule-words.ts'
import { THREAT_TICKET_WORDS } from './threat-ticket-words.ts'
import { THREAT_TRIAGE_WORDS } from './threat-triage-words.ts'
import { THREAT_WORDS } from './threat-words.ts'

/** Everything the console says itself, both languages side by side: neither can lack what the other has. */
export const WORDS = {
  ...SHELL_WORDS,
  ...SCENARIO_WORDS,
  ...BOARD_WORDS,
  ...SUBMISSION_WORDS,
  ...RECORD_WORDS,
  ...COMPUTE_WORDS,
  ...ENGINE_WORDS,
  ...GANTT_WORDS,
  ...EVENT_WORDS,
  ...PUBLIC_WORDS,
  ...THREAT_AUDIT_WORDS,
  ...THREAT_INCIDENT_WORDS,
  ...THREAT_RESPONSE_WORDS,
  ...THREAT_RULE_WORDS,
  ...THREAT_TICKET_WORDS,
  ...THREAT_TRIAGE_WORDS,
  ...THREAT_WORDS,
} as const

export type WordKey = keyof typeof WORDS

type NameIn<P extends string> = P extends `${infer Name}:${string}` ? Name : P
type Places<S extends string> = S extends `${string}{${infer P}}${infer Rest}` ? NameIn<P> | Places<Rest> : never
type PlacesOf<T extends Text> = Places<T['en'] | T['zh']>

/** The values for the `{places}` of each word; none where it has none. */
export type Fillings = {
  readonly [K in WordKey]: [PlacesOf<(typeof WORDS)[K]>] extends [never]
    ? readonly []
    : readonly [fillings: Readonly<Record<PlacesOf<(typeof WORDS)[K]>, string | number>>]
}

export function word<K extends WordKey>(language: Language, key: K, ...[fillings]: Fillings[K]): string {
  return fill(WORDS[key][language], fillings ?? {})
}
