import type { TriageFinding } from '../triage/triage-finding.ts'

export type IncidentFound = Extract<TriageFinding, { kind: 'incident' }>

/** One entry for each incident with all its news, in the order in which they were told last: who absorbs comes behind. */
export function foldNews(findings: readonly IncidentFound[]): readonly IncidentFound[] {
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

function folded(news: readonly IncidentFound[]): IncidentFound {
  return {
    ...(news.at(-1) as IncidentFound),
    added: news.flatMap(({ added }) => added),
    grown: [...new Map(news.flatMap(({ grown }) => grown).map((group) => [group.number, group])).values()],
    absorbed: news.flatMap(({ absorbed }) => absorbed),
  }
}
