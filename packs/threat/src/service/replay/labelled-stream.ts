import type { SeenAlert } from '../../group/seen-alert.ts'
import { type Case, caseOf, type Disposition, type Site } from '../../triage/case.ts'
import { Watch, type WatchListener } from '../../triage/watch.ts'

/** An alert with what is known of it apart: which attack step caused it. No label reaches the model. */
export interface LabelledAlert {
  readonly alert: SeenAlert
  /** `-`: none. */
  readonly step: string
  /** It fell outside every attack window. */
  readonly outside: boolean
}

/** What labels say of one group. */
export class GroupTruth {
  readonly #steps = new Set<string>()
  #outside = false

  count({ step, outside }: LabelledAlert): void {
    if (step !== '-') this.#steps.add(step)
    if (outside) this.#outside = true
  }

  get steps(): readonly string[] {
    return [...this.#steps]
  }

  /** Attack where a step caused any alert; benign where one fell outside all attack windows; else neither. */
  get disposition(): Disposition {
    const [file] = this.#steps
    if (file !== undefined) return { verdict: 'attack', file }
    return { verdict: this.#outside ? 'benign' : 'unclear' }
  }
}

/** A whole labelled stream as a site to learn from. */
export function siteOf(name: string, stream: Iterable<LabelledAlert>): Site {
  const watch = new Watch()
  const truths = new Map<number, GroupTruth>()
  const cases: Case[] = []
  const listener: WatchListener = { settled: () => 0, due: (due) => cases.push(caseOf(due)) }
  for (const labelled of stream) {
    const { number } = watch.add(labelled.alert, listener)
    const truth = truths.get(number) ?? new GroupTruth()
    truth.count(labelled)
    truths.set(number, truth)
  }
  watch.advance(Number.POSITIVE_INFINITY, listener)
  for (const it of cases) it.disposition = truths.get(it.number)?.disposition
  return { name, cases }
}
