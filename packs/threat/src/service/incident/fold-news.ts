import type { Incident } from '../../incident/incident.ts'
import type { TriageFinding } from '../triage/triage-finding.ts'

/** All news of an incident as one. */
export type FoldedNews = IncidentFound & {
  /** As it was when it opened, where it did by this news. */
  readonly opened: Incident | undefined
}

export type IncidentFound = Extract<TriageFinding, { kind: 'incident' }>

/** One entry for each incident with all its news, in the order in which they were told last: who absorbs comes behind. */
export function foldNews(findings: readonly IncidentFound[]): readonly FoldedNews[] {
  const found = new Map<number, IncidentFound[]>()
  for (const finding of findings) {
    const { number } = finding.incident
    const before = found.get(number) ?? []
    found.delete(number)
    before.push(finding)
    found.set(number, before)
  }
  return [...found.values()].map(folded)
}

function folded(news: readonly IncidentFound[]): FoldedNews {
  return {
    ...(news.at(-1) as IncidentFound),
    opened: news.find(({ incident }) => incident.state !== 'candidate')?.incident,
    added: news.flatMap(({ added }) => added),
    grown: [...new Map(news.flatMap(({ grown }) => grown).map((group) => [group.number, group])).values()],
    absorbed: news.flatMap(({ absorbed }) => absorbed),
  }
}
