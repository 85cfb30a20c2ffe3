import { isAttack, isLabelled, type Site } from '../../triage/case.ts'
import { type Knowledge, learn } from '../../triage/triage.ts'
import { siteOf } from '../replay/labelled-stream.ts'
import { alertsOf, type NetworkSource } from '../replay/networks.ts'

/** Learn from labelled networks that the thread opens itself, or from sites that are given. */
export type LearnTask =
  | { readonly source: NetworkSource; readonly networks: readonly string[] }
  | { readonly sites: readonly Site[] }

export interface SiteSummary {
  readonly name: string
  readonly cases: number
  readonly judged: number
  readonly attacks: number
}

export interface Learnt {
  readonly knowledge: Knowledge
  readonly sites: readonly SiteSummary[]
}

export function runLearnTask(task: LearnTask): Learnt {
  const sites = 'sites' in task ? task.sites : task.networks.map((name) => siteOf(name, alertsOf(task.source, name)))
  return { knowledge: learn(sites), sites: sites.map(summaryOf) }
}

function summaryOf({ name, cases }: Site): SiteSummary {
  return { name, cases: cases.length, judged: cases.filter(isLabelled).length, attacks: cases.filter(isAttack).length }
}
