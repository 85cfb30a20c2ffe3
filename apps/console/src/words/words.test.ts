import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
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
import { WORDS, word } from './words.ts'

const HOUSE = [SHELL_WORDS, SCENARIO_WORDS, BOARD_WORDS, SUBMISSION_WORDS, RECORD_WORDS]
const RESPONSE = [
  THREAT_AUDIT_WORDS,
  THREAT_INCIDENT_WORDS,
  THREAT_RESPONSE_WORDS,
  THREAT_RULE_WORDS,
  THREAT_TICKET_WORDS,
]
const THREAT = [THREAT_WORDS, THREAT_TRIAGE_WORDS, ...RESPONSE]
const AREAS = [...HOUSE, COMPUTE_WORDS, ENGINE_WORDS, GANTT_WORDS, EVENT_WORDS, PUBLIC_WORDS, ...THREAT]
const entries = Object.entries(WORDS)
const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()

test.each(entries)('%s has both languages, with the same places', (_, { en, zh, ...rest }) => {
  expect(rest).toEqual({})
  expect(en.trim()).not.toBe('')
  expect(zh.trim()).not.toBe('')
  expect(places(zh)).toEqual(places(en))
})

test('no area says again what another has said', () => {
  expect(AREAS.flatMap((area) => Object.keys(area)).sort()).toEqual(Object.keys(WORDS).sort())
})

test('every word is used somewhere', () => {
  const source = sources(new URL('..', import.meta.url))
  const used = (key: string) => {
    const stem = key.slice(0, key.lastIndexOf('.') + 1)
    return source.includes(`'${key}'`) || source.includes(`\`${stem}\${`)
  }
  expect(Object.keys(WORDS).filter((key) => !used(key))).toEqual([])
})

test('fills the places of the chosen language', () => {
  expect(word('zh', 'log.behind', { size: '10', behind: '2' })).toBe('至第 10 条；2 条待会签')
  expect(word('en', 'verb.open')).toBe('Open')
})

function sources(folder: URL): string {
  return readdirSync(folder, { withFileTypes: true })
    .map((entry) => {
      if (entry.isDirectory()) return sources(new URL(`${entry.name}/`, folder))
      const isSource = /\.tsx?$/.test(entry.name) && !/(\.test\.tsx?|-words\.ts)$/.test(entry.name)
      return isSource ? readFileSync(new URL(entry.name, folder), 'utf8') : ''
    })
    .join('\n')
}
