import { z } from 'zod'
import { text } from './common.ts'
import { pageQuery, threatLevel } from './threat.ts'

const count = z.int().nonnegative()

/** `candidate`: one weak finding, no incident is opened for it alone. */
export const incidentState = z.enum(['candidate', 'open', 'closed'])
export const threatVerdict = z.enum(['attack', 'benign', 'unclear'])
export type ThreatVerdict = z.infer<typeof threatVerdict>

export const incidentRow = z.object({
  id: z.string(),
  network: z.string(),
  title: text,
  severity: threatLevel,
  state: incidentState,
  first: z.string(),
  last: z.string(),
  /** The first 64. */
  hosts: z.array(z.string()),
  hostCount: count,
  signatures: count,
  /** Where true, there may be more hosts and signatures than are counted. */
  atLeast: z.boolean().optional(),
  groups: count,
  alerts: count,
  /** Highest score of its groups, log-odds of an attack. */
  score: z.number(),
  /** ATT&CK ids, e.g. T1059.001. */
  techniques: z.array(z.string()),
  ticket: z.string().optional(),
  /** What people found, once they did; `unclear` while their verdicts on its groups differ. */
  verdict: threatVerdict.optional(),
})
export type IncidentRow = z.infer<typeof incidentRow>

/** Newest first unless `order` says otherwise. `text` is looked for in title, hosts and signatures, case aside. */
export const incidentQuery = pageQuery.extend({
  state: incidentState.optional(),
  severity: threatLevel.optional(),
  network: z.string().optional(),
  technique: z.string().optional(),
  verdict: threatVerdict.optional(),
  text: z.string().max(200).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  order: z.enum(['newest', 'oldest', 'score', 'severity']).default('newest'),
})
export type IncidentQuery = Partial<z.output<typeof incidentQuery>>

export const incidentPage = z.object({ incidents: z.array(incidentRow), total: count })
export type IncidentPage = z.infer<typeof incidentPage>

export const entityKind = z.enum(['host', 'account', 'address', 'process'])

/** Entities of an incident; an edge where one group names both. `id` is `kind name`. */
export const entityGraphView = z.object({
  nodes: z.array(z.object({ id: z.string(), kind: entityKind, name: z.string(), groups: count, score: z.number() })),
  edges: z.array(z.object({ from: z.string(), to: z.string(), groups: count })),
  /** Entities that are left out: those of the lowest score. */
  hidden: count.optional(),
})
export type EntityGraphView = z.infer<typeof entityGraphView>

export const timelineEntry = z.object({
  group: z.string(),
  first: z.string(),
  last: z.string(),
  host: z.string(),
  signature: z.string(),
  level: z.string(),
  alerts: count,
  score: z.number(),
  verdict: threatVerdict.optional(),
})

/** A technique that the rules of this incident name. `tactics` are ids of the ATT&CK matrix, e.g. `credential-access`. */
export const seenTechnique = z.object({
  id: z.string(),
  name: z.string(),
  tactics: z.array(z.string()),
  groups: count,
})

/** A playbook that fits an entity of the incident, with its inputs filled in. */
export const suggestedResponse = z.object({
  playbook: z.string(),
  name: text,
  inputs: z.record(z.string(), z.string()),
  reason: text,
})

export const incidentDetail = incidentRow.extend({
  /** At most 1,000 of its groups, those of the highest score; entities and techniques are of the same. */
  timeline: z.array(timelineEntry),
  graph: entityGraphView,
  seenTechniques: z.array(seenTechnique),
  /** Ids of incidents that turned out to be this one. */
  merged: z.array(z.string()),
  /** The incident that this one turned out to be: its groups stand there, and it is closed there. */
  mergedInto: z.string().optional(),
  tickets: z.array(z.object({ id: z.string(), title: text, state: z.string(), assignee: z.string().optional() })),
  runs: z.array(z.object({ id: z.string(), playbook: text, status: z.string(), startedAt: z.string() })),
  suggestions: z.array(suggestedResponse),
  /** The record of its closing. */
  record: z.string().optional(),
})
export type IncidentDetail = z.infer<typeof incidentDetail>

/** Why it is closed: said by a person. Its open groups take the verdict. */
export const closeIncident = z.object({ verdict: threatVerdict, reason: z.string().trim().min(1).max(2000) })
export type CloseIncident = z.infer<typeof closeIncident>

/** Why it is opened again: said by a person. Verdicts on its groups stay. */
export const reopenIncident = z.object({ reason: z.string().trim().min(1).max(2000) })
export type ReopenIncident = z.infer<typeof reopenIncident>
