import { groupCopies } from '../../group/alert-group.ts'
import type { IncidentNews } from '../../incident/incident.ts'
import { IncidentBook } from '../../incident/incident-book.ts'
import type { PipelineAlert } from '../../pipeline/pipeline-alert.ts'
import { AHEAD_MS, LiveTime } from '../../pipeline/stage/live-time.ts'
import type { FrozenState, Stage, StageFinding, StageInput } from '../../pipeline/stage/stage.ts'
import type { Site } from '../../triage/case.ts'
import { type Decided, type Knowledge, Triage } from '../../triage/triage.ts'
import { alertOfFinding } from '../flow/alerting-stages.ts'
import { broughtBack } from './brought-back.ts'
import { seenAlertOf } from './seen-alert-of.ts'
import { TRIAGE, type TriageFinding } from './triage-finding.ts'
import { readTriage, type TriageStageState, writeTriage } from './triage-state.ts'

export interface TriageStageOptions {
  /** Name of the watched network: one home of facts and history. */
  readonly network: string
  readonly model: string
  readonly knowledge: Knowledge
  /** Ids of rules that alert only through correlations. */
  readonly silent?: ReadonlySet<string>
  /** Whether time passes without alerts. A replayed log moves itself: only its alerts and its end do. */
  readonly live?: boolean
  /** Live, how far the time of an alert may lie ahead of its receipt; one further ahead counts at the time of the flow. */
  readonly aheadMs?: number
}

/** Groups, decides and builds incidents behind detection. Its answers follow from its inputs alone. */
export class TriageStage implements Stage {
  readonly name = TRIAGE
  readonly #options: TriageStageOptions
  #triage: Triage
  #book: IncidentBook
  #knowledge: { readonly model: string; readonly knowledge: Knowledge }
  readonly #aheadMs: number
  #time: LiveTime

  constructor(options: TriageStageOptions) {
    this.#options = options
    this.#aheadMs = options.aheadMs ?? AHEAD_MS
    this.#time = new LiveTime(undefined, this.#aheadMs)
    this.#knowledge = options
    this.#triage = new Triage(options.network, options.knowledge)
    this.#book = new IncidentBook()
  }

  push(input: StageInput, emit: (finding: StageFinding) => void): void {
    if (input.kind === 'time') this.#advance(input.ms, emit)
    else if (input.kind === 'alert') this.#take(input.alert, emit)
    else this.#takeFinding(input.finding, emit)
  }

  #takeFinding(finding: StageFinding, emit: (finding: StageFinding) => void): void {
    const alert = alertOfFinding(finding)
    if (alert) this.#take(alert, emit)
  }

  /** A rule that only correlations read does not alert by itself. */
  #take(alert: PipelineAlert, emit: (finding: StageFinding) => void): void {
    if (this.#options.silent?.has(alert.rule.id)) return
    this.#heal(alert.receivedMs)
    const eventMs = this.#options.live ? this.#time.see(alert) : alert.eventMs
    this.#conclude(this.#triage.add(seenAlertOf({ ...alert, eventMs })), emit)
  }

  /** A state of before there was a bound may have been led away by a single alert: nothing of it lies in the future then. */
  #heal(receivedMs: number): void {
    if (this.#options.live && this.#triage.now > receivedMs + this.#aheadMs)
      this.#takeUp(broughtBack(this.#whole(), receivedMs))
  }

  get dueMs(): number | undefined {
    if (!this.#options.live) return undefined
    const due = [this.#triage.nextDue, this.#book.nextClose].filter((each) => each !== undefined)
    return due.length === 0 ? undefined : this.#time.receiptOf(Math.min(...due))
  }

  /** New knowledge takes effect with the next alert. */
  know(model: string, knowledge: Knowledge): void {
    this.#knowledge = { model, knowledge }
    this.#triage.know(knowledge)
  }

  /** The cases kept, for learning. */
  site(): Site {
    return this.#triage.site()
  }

  save(): unknown {
    return { newest: this.#time.newest }
  }

  *freeze(): Generator<void, FrozenState> {
    const copyOf = groupCopies()
    return writeTriage({ triage: yield* this.#triage.freeze(copyOf), book: yield* this.#book.freeze(copyOf) })
  }

  restore(state: unknown, large?: Uint8Array): void {
    this.#takeUp({ ...(state as TriageStageState), ...(large && readTriage(large)) })
  }

  #whole() {
    return { triage: this.#triage.save(), book: this.#book.save(), newest: this.#time.newest }
  }

  #takeUp({ triage, book, newest }: TriageStageState): void {
    this.#triage = new Triage(this.#options.network, this.#knowledge.knowledge, { state: triage })
    this.#book = new IncidentBook(undefined, book)
    this.#time = new LiveTime(newest, this.#aheadMs)
  }

  /** Infinity ends a replay: everything that waits is decided. */
  #advance(ms: number, emit: (finding: StageFinding) => void): void {
    const isEnd = ms === Number.POSITIVE_INFINITY
    if (!isEnd && !this.#options.live) return
    if (!isEnd) this.#heal(ms)
    const now = isEnd ? ms : this.#time.watermark(ms)
    this.#conclude(this.#triage.advance(now), emit)
    this.#emitIncidents(this.#book.close(now), emit)
  }

  #conclude(decided: readonly Decided[], emit: (finding: StageFinding) => void): void {
    const { network } = this.#options
    for (const { decision, group } of decided) {
      const finding: TriageFinding = { kind: 'decision', network, model: this.#knowledge.model, group, decision }
      emit({ stage: TRIAGE, id: `d${group.number}`, body: finding })
      if (decision.action !== 'escalate') continue
      this.#emitIncidents(this.#book.add({ group, score: decision.score }), emit)
    }
  }

  #emitIncidents(news: readonly IncidentNews[], emit: (finding: StageFinding) => void): void {
    const { network } = this.#options
    for (const each of news) {
      const { number, groups, alerts, state } = each.incident
      const finding: TriageFinding = { kind: 'incident', network, ...each }
      emit({ stage: TRIAGE, id: `i${number}:${groups}:${alerts}:${state}`, body: finding })
    }
  }
}
