import { type Entity, entitiesOf, entityKey, type Finding } from './incident.ts'

type Findings = readonly Finding[]

/** Technique id to its name and tactics, e.g. T1059 to Command and Scripting Interpreter, [execution]. */
export type AttackTable = ReadonlyMap<string, { readonly name: string; readonly tactics: readonly string[] }>

export interface TimelineEntry {
  readonly first: number
  readonly last: number
  readonly host: string
  readonly signature: string
  readonly alerts: number
  readonly score: number
}

export interface SeenTechnique {
  readonly id: string
  readonly name: string
  readonly tactics: readonly string[]
  readonly groups: number
}

/** For drawing: entities, and lines between those that one group names together. */
export interface EntityGraph {
  readonly nodes: readonly { readonly entity: Entity; readonly groups: number; readonly score: number }[]
  readonly edges: readonly { readonly from: string; readonly to: string; readonly groups: number }[]
  /** Entities that are left out: those of the lowest score, of these those of the fewest groups. */
  readonly hidden: number
}

export function timelineOf(findings: Findings): TimelineEntry[] {
  return findings
    .map(({ group, score }) => {
      const { first, last, host, signature, alerts } = group
      return { first, last, host, signature, alerts, score }
    })
    .sort((one, other) => one.first - other.first)
}

/** Techniques the detectors named; a sub-technique missing from the table goes by its parent, an unknown one by its id. */
export function techniquesOf(findings: Findings, table: AttackTable): SeenTechnique[] {
  const counts = new Map<string, number>()
  for (const { group } of findings) {
    for (const id of group.techniques) counts.set(id, (counts.get(id) ?? 0) + 1)
  }
  return [...counts].map(([id, groups]) => {
    const known = table.get(id) ?? table.get(id.split('.')[0] ?? id)
    return { id, name: known?.name ?? id, tactics: known?.tactics ?? [], groups }
  })
}

/** Every group joins its host to its accounts, addresses and processes. At most so many entities are shown. */
export function entityGraph(findings: Findings, most = 500): EntityGraph {
  const nodes = new Map<string, { entity: Entity; groups: number; score: number }>()
  const edges = new Map<string, { from: string; to: string; groups: number }>()
  for (const { group, score } of findings) {
    const [host, ...others] = entitiesOf(group)
    if (host === undefined) continue
    for (const entity of [host, ...others]) {
      const node = nodes.get(entityKey(entity)) ?? { entity, groups: 0, score }
      nodes.set(entityKey(entity), { entity, groups: node.groups + 1, score: Math.max(node.score, score) })
    }
    for (const entity of others) {
      const key = `${entityKey(host)}\n${entityKey(entity)}`
      const edge = edges.get(key) ?? { from: entityKey(host), to: entityKey(entity), groups: 0 }
      edges.set(key, { ...edge, groups: edge.groups + 1 })
    }
  }
  return cut([...nodes.values()], [...edges.values()], most)
}

function cut(nodes: EntityGraph['nodes'], edges: EntityGraph['edges'], most: number): EntityGraph {
  const best = nodes.toSorted((one, other) => other.score - one.score || other.groups - one.groups)
  const shown = new Set(best.slice(0, most).map(({ entity }) => entityKey(entity)))
  return {
    nodes: nodes.filter(({ entity }) => shown.has(entityKey(entity))),
    edges: edges.filter(({ from, to }) => shown.has(from) && shown.has(to)),
    hidden: nodes.length - shown.size,
  }
}
