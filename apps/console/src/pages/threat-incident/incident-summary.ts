import type { IncidentDetail } from '@dengta/sdk'
import type { useWords } from '../../words/use-words.ts'

export type Said = Pick<ReturnType<typeof useWords>, 't' | 'say' | 'named'>
type Line = readonly [name: string, value: string]

const MOST_GROUPS = 8
const MOST_NAMES = 20
const MOST_CHARACTERS = 160
const KINDS = ['address', 'host', 'account', 'process'] as const

/**
 * An incident as plain text for a chat, a mail or another system's ticket: what it is, its indicators, what came first, what was
 * done. Times in UTC, for readers elsewhere; what attackers wrote stays on its line, and no address of theirs can be clicked.
 */
export function incidentSummary(incident: IncidentDetail, link: string, said: Said): string {
  const { t, say, named } = said
  const { severity, title, network, groups, alerts, seenTechniques, first, last } = incident
  const lines: readonly Line[] = [
    [t('incidents.state'), stateOf(incident, t)],
    [t('incident.seen'), `${utc(first)} – ${utc(last)} UTC`],
    [t('threat.network'), inert(network)],
    [t('incidents.groups'), String(groups)],
    [t('incidents.alerts'), String(alerts)],
    ['ATT&CK', shortened(seenTechniques.map(({ id, name }) => `${id} ${inert(name)}`))],
    ...KINDS.map((kind): Line => [t(`entity.${kind}`), namesOf(incident, kind)]),
    ...doneFor(incident, said),
  ]
  return [
    `[${named(`level.${severity}`, severity)}] ${inert(say(title))}`,
    ...lines.filter(([, value]) => value !== '').map(([name, value]) => `${name}${t('run1.colon')}${value}`),
    `${t('incident.timeline')} (UTC)${t('run1.colon').trimEnd()}`,
    ...timelineOf(incident),
    link,
  ].join('\n')
}

function stateOf({ state, verdict }: IncidentDetail, t: Said['t']): string {
  if (verdict !== undefined) return `${t(`incidentState.${state}`)} · ${t(`verdict.${verdict}`)}`
  return t(state === 'closed' ? 'incidentState.closedByTime' : `incidentState.${state}`)
}

function doneFor({ runs, tickets }: IncidentDetail, { t, say, named }: Said): readonly Line[] {
  const run = ({ playbook, status }: IncidentDetail['runs'][number]) =>
    `${inert(say(playbook))} (${named(`runStatus.${status}`, status)})`
  const ticket = ({ id, state, assignee }: IncidentDetail['tickets'][number]) =>
    [id, named(`ticketState.${state}`, state), ...(assignee ? [inert(assignee)] : [])].join(' · ')
  return [
    [t('incident.runs'), shortened(runs.map(run))],
    [t('threat.nav.tickets'), shortened(tickets.map(ticket))],
  ]
}

function namesOf({ graph }: IncidentDetail, kind: (typeof KINDS)[number]): string {
  const names = graph.nodes.filter((node) => node.kind === kind).map(({ name }) => inert(name))
  return shortened(kind === 'address' ? names.map(dead) : names)
}

function timelineOf({ timeline, groups }: IncidentDetail): string[] {
  const inOrder = timeline.toSorted((a, b) => Date.parse(a.first) - Date.parse(b.first)).slice(0, MOST_GROUPS)
  const more = groups - inOrder.length
  return [
    ...inOrder.map(
      ({ first, host, signature, alerts }) => `  ${utc(first)}  ${inert(host)}  ${inert(signature)} ×${alerts}`,
    ),
    ...(more > 0 ? [`  … +${more}`] : []),
  ]
}

function shortened(names: readonly string[]): string {
  const more = names.length - MOST_NAMES
  return names.slice(0, MOST_NAMES).join(', ') + (more > 0 ? ` … +${more}` : '')
}

const utc = (time: string): string => time.slice(0, 19).replace('T', ' ')
const IPV4 = /(?:\d{1,3}\.){3}\d{1,3}/g
/** An address that nothing makes a link of: `203[.]0[.]113[.]7`. */
const dead = (address: string): string => address.replace(/(?<!\[)[.:](?!\])/g, (mark) => `[${mark}]`)

/** On one line, without what cannot be seen, at most 160 characters; IPv4 addresses and links in it lead nowhere. */
function inert(text: string): string {
  const line = text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\p{Cf}/gu, '')
    .trim()
  const short = line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS - 1)}…` : line
  return short.replaceAll('://', '[://]').replace(IPV4, dead)
}
