import {
  type AuditAct,
  type AuditPage,
  dispositionKind,
  type Text,
  THREAT_ACTS,
  threatVerdict,
  wordFor,
} from '@dengta/sdk'
import { called } from '../state-words.ts'
import { formatTable } from '../table.ts'
import type { Terminal } from '../terminal.ts'

type Say = Pick<Terminal, 'say'>

/** Acts of a page, each with the newest of its records; the last line says how to go on. */
export function auditLines({ acts, total, isMore, next }: AuditPage, { say }: Say): string[] {
  const rows = acts.map((act) => [
    ...[act.at, act.actor, say(wordFor(THREAT_ACTS, act.action)), act.target],
    ...[act.evidence?.records.at(-1) ?? '–', say(actDetail(act))],
  ])
  const known = {
    en: `${acts.length} of ${isMore ? 'more than ' : ''}${total} acts`,
    zh: `${isMore ? '超过 ' : ''}${total} 项操作中的 ${acts.length} 项`,
  }
  const more = { en: `more: --before ${next}`, zh: `更多：--before ${next}` }
  return [...formatTable(rows), say(known), ...(next === undefined ? [] : [say(more)])]
}

/** The words of the person; where the trail holds a word of the machine, its word for people. */
function actDetail({ action, detail }: AuditAct): Text {
  if (action === 'group.undo' && isOneOf(dispositionKind.options, detail)) return undone(detail)
  if (action === 'incident.close') return closedAs(detail)
  if (action === 'incident.reopen') return reopened(detail)
  if (action.startsWith('ticket.') && detail.startsWith('incident_')) return withIncident(detail)
  if (action === 'actuator.choose' && detail === 'simulator') return SIMULATOR
  return same(detail)
}

function undone(kind: string): Text {
  const { en, zh } = called('disposition', kind)
  return { en: `the verdict was: ${en}`, zh: `原结论：${zh}` }
}

/** `attack: web shell confirmed` as the trail holds it. */
function closedAs(detail: string): Text {
  const [verdict = '', ...rest] = detail.split(': ')
  if (!isOneOf(threatVerdict.options, verdict)) return same(detail)
  const { en, zh } = called('verdict', verdict)
  return { en: `as ${en}: ${rest.join(': ')}`, zh: `结论为${zh}：${rest.join(': ')}` }
}

/** Behind the record of the closing the trail holds the reason. */
function reopened(detail: string): Text {
  const [, record, reason] = /^([0-9a-f]{64}): (.*)$/s.exec(detail) ?? []
  if (record === undefined) return same(detail)
  return { en: `${reason} (closed on record ${record})`, zh: `${reason}（关闭凭证 ${record}）` }
}

const withIncident = (incident: string): Text => ({
  en: `with its incident, ${incident}`,
  zh: `随安全事件 ${incident}`,
})

const isOneOf = (options: readonly string[], word: string): boolean => options.includes(word)

const same = (words: string): Text => ({ en: words, zh: words })

const SIMULATOR: Text = { en: 'simulator', zh: '模拟器' }
