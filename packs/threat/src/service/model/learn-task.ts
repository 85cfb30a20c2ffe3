import { isAttack, isLabelled, type Site } from '../../triage/case.ts'
import { type Knowledge, learn } from '../../triage/triage.ts'
import { siteOf as siteOfStream } from '../replay/labelled-stream.ts'
import { alertsOf, type NetworkSource } from '../replay/networks.ts'
import { type JudgedFlow, siteOf } from './judged-flow.ts'

/** Learn from labelled networks or from judged flows; the thread opens either itself. */
export type LearnTask =
  | { readonly source: NetworkSource; readonly networks: readonly string[] }
  | { readonly judged: readonly LearntFlow[] }

/** Whether some of its verdicts are of people, on groups that they were shown. */
export type LearntFlow = JudgedFlow & { readonly fromPeople: boolean }

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
  const sites =
    'judged' in task
      ? task.judged.map((flow) => ({ ...siteOf(flow), ofShown: flow.fromPeople }))
      : task.networks.map((name) => siteOfStream(name, alertsOf(task.source, name)))
  return { knowledge: learn(sites), sites: sites.map(summaryOf) }
}

function summaryOf({ name, cases }: Site): SiteSummary {
  return { name, cases: cases.length, judged: cases.filter(isLabelled).length, attacks: cases.filter(isAttack).length }
}
