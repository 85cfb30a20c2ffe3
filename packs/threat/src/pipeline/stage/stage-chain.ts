import { deserialize, serialize } from 'node:v8'
import type { Observation } from '../observation.ts'
import type { PipelineAlert } from '../pipeline-alert.ts'
import { inTurns, Turns } from '../turns.ts'
import type { Stage, StageFinding, StageInput } from './stage.ts'
import { type FrozenChain, type FrozenStage, largeParts, writeStages } from './stage-state.ts'

type Emit = (finding: StageFinding) => void

/** The stages behind detection, one after the other. A stage that throws is counted and passed over. */
export class StageChain {
  readonly #stages: readonly Stage[]
  readonly #faults = new Map<string, { count: number; last: string }>()

  constructor(stages: readonly Stage[]) {
    this.#stages = stages
  }

  /** How often a stage threw, and its last message. */
  get faults(): Readonly<Record<string, { readonly count: number; readonly last: string }>> {
    return Object.fromEntries(this.#faults)
  }

  /** The first time of receipt at which silence would conclude something; undefined where nothing waits for it. */
  get dueMs(): number | undefined {
    const due = this.#stages.flatMap((stage) => stage.dueMs ?? [])
    return due.length === 0 ? undefined : Math.min(...due)
  }

  /** Pushes observations and alerts of one step, then its time; resolves to everything concluded. Only one step at a time. */
  async push(
    alerts: readonly PipelineAlert[],
    timeMs: number,
    observations: readonly Observation[] = [],
  ): Promise<StageFinding[]> {
    await this.#prepare()
    const findings: StageFinding[] = []
    const turns = new Turns()
    for (const observation of observations) {
      if (turns.areOver) await turns.next()
      this.#observe(observation, findings)
    }
    for (const alert of alerts) {
      if (turns.areOver) await turns.next()
      this.#offer({ kind: 'alert', alert }, 0, findings)
    }
    this.#offer({ kind: 'time', ms: timeMs }, 0, findings)
    return findings
  }

  /**
   * Copies the state of all stages, in steps; push nothing until that is done. The work answered writes it down in small
   * steps, while pushing goes on. Undefined where a stage cannot say its own: then the checkpoint before it goes on to count.
   */
  *freeze(): Generator<void, FrozenChain | undefined> {
    const saved: Record<string, unknown> = {}
    const large: FrozenStage[] = []
    for (const stage of this.#stages) {
      try {
        saved[stage.name] = stage.save()
        if (stage.freeze) large.push({ name: stage.name, work: yield* stage.freeze() })
      } catch (error) {
        this.#failed(stage.name, error)
        return undefined
      }
    }
    return writeStages(serialize(saved), large, (stage, error) => this.#failed(stage, error))
  }

  /** A stage that the state does not know begins anew. */
  restore(state: Uint8Array): void {
    const saved = deserialize(state) as Record<string, unknown>
    const large = largeParts(state)
    for (const stage of this.#stages)
      if (Object.hasOwn(saved, stage.name)) stage.restore(saved[stage.name], large.get(stage.name))
  }

  async #prepare(): Promise<void> {
    for (const stage of this.#stages) {
      try {
        const work = stage.prepare?.()
        if (work) await inTurns(work)
      } catch (error) {
        this.#failed(stage.name, error)
      }
    }
  }

  /** Each stage sees the input, and what it emits goes to those behind it at once. */
  #offer(input: StageInput, from: number, findings: StageFinding[]): void {
    for (let at = from; at < this.#stages.length; at += 1)
      this.#guarded(at, findings, (stage, emit) => stage.push(input, emit))
  }

  #observe(observation: Observation, findings: StageFinding[]): void {
    for (const [at, reader] of this.#stages.entries())
      if (reader.observe) this.#guarded(at, findings, (stage, emit) => stage.observe?.(observation, emit))
  }

  #guarded(at: number, findings: StageFinding[], work: (stage: Stage, emit: Emit) => void): void {
    const stage = this.#stages[at] as Stage
    try {
      work(stage, (finding) => {
        findings.push(finding)
        this.#offer({ kind: 'finding', finding }, at + 1, findings)
      })
    } catch (error) {
      this.#failed(stage.name, error)
    }
  }

  #failed(name: string, error: unknown): void {
    const count = (this.#faults.get(name)?.count ?? 0) + 1
    this.#faults.set(name, { count, last: error instanceof Error ? error.message : String(error) })
  }
}
