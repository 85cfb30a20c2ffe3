import { createHash } from 'node:crypto'
import { normalise } from '../match/plain-matcher.ts'
import type { Format } from '../normalise/format.ts'
import type { Observation } from '../pipeline/observation.ts'
import { AHEAD_MS } from '../pipeline/stage/live-time.ts'
import type { FrozenState, Stage, StageFinding, StageInput } from '../pipeline/stage/stage.ts'
import { dnsQueryOf } from './dns-query-of.ts'
import { DNS_QUERY_RULES } from './dns-query-rules.ts'
import type { DnsQuery } from './dns-volume.ts'
import { type DnsVolumeOptions, type DnsVolumeState, DnsVolumeWatch } from './dns-volume-watch.ts'
import { stateBytes, stateFrom } from './state-bytes.ts'
import { volumeAlert } from './volume-alert.ts'

export const DNS_VOLUME = 'dns-volume'

export interface DnsVolumeStageOptions extends DnsVolumeOptions {
  /** For steps that were stored when queries still were alerts with their events. */
  readonly formats: readonly Format[]
}

/** Volume of DNS names in a flow: reads what detectors pass on of queries, and alerts where a bound is passed. */
export class DnsVolumeStage implements Stage {
  readonly name = DNS_VOLUME
  readonly #options: DnsVolumeStageOptions
  #watch: DnsVolumeWatch

  constructor(options: DnsVolumeStageOptions) {
    this.#options = options
    this.#watch = new DnsVolumeWatch(options)
  }

  prepare(): Generator<void> | undefined {
    return this.#watch.prepare()
  }

  observe({ seen, ...place }: Observation, emit: (finding: StageFinding) => void): void {
    this.#heal(place.receivedMs)
    const found = this.#watch.observe(seen as DnsQuery)
    if (!found) return
    const id = idOf(place, found.example)
    emit({ stage: DNS_VOLUME, id, body: volumeAlert(id, found, { ...place, logSource: { category: 'dns' } }) })
  }

  /** Queries of steps that were stored as silent alerts. */
  push(input: StageInput, emit: (finding: StageFinding) => void): void {
    if (input.kind !== 'alert' || !DNS_QUERY_RULES.has(input.alert.rule.id)) return
    const { event, eventMs, file, line, sequence, receivedMs } = input.alert
    const { view } = normalise(event, this.#options.formats)
    const seen = dnsQueryOf(view, Math.min(eventMs, receivedMs))
    if (seen) this.observe({ file, line, sequence, receivedMs, seen }, emit)
  }

  /** A state from a house whose clock was ahead makes all queries too late: then it begins anew. */
  #heal(receivedMs: number): void {
    if (this.#watch.newest > receivedMs + AHEAD_MS) this.#watch = new DnsVolumeWatch(this.#options)
  }

  save(): unknown {
    return {}
  }

  *freeze(): Generator<void, FrozenState> {
    const state = yield* this.#watch.freeze()
    return written(state)
  }

  restore(_: unknown, large?: Uint8Array): void {
    if (large) this.#watch = new DnsVolumeWatch(this.#options, stateFrom(large) as DnsVolumeState)
  }
}

/** A turn for others between copying and writing. */
function* written(state: DnsVolumeState): FrozenState {
  yield
  return stateBytes(state)
}

/** The same for the same query at the same place, whenever it is seen again. */
function idOf({ file, line, sequence, receivedMs }: Omit<Observation, 'seen'>, name: string): string {
  const place = [file, line, sequence, receivedMs, name].join('\n')
  return `${DNS_VOLUME}:${createHash('sha256').update(place).digest('hex').slice(0, 32)}`
}
