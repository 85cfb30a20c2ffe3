import { normalise } from '../match/plain-matcher.ts'
import type { Format } from '../normalise/format.ts'
import type { PipelineAlert } from '../pipeline/pipeline-alert.ts'
import type { FrozenState, Stage, StageFinding, StageInput } from '../pipeline/stage/stage.ts'
import { dnsQueryOf } from './dns-query-of.ts'
import { DNS_QUERY_RULES } from './dns-query-rules.ts'
import { type DnsVolumeOptions, type DnsVolumeState, DnsVolumeWatch } from './dns-volume-watch.ts'
import { stateBytes, stateFrom } from './state-bytes.ts'
import { volumeAlert } from './volume-alert.ts'

export const DNS_VOLUME = 'dns-volume'

export interface DnsVolumeStageOptions extends DnsVolumeOptions {
  readonly formats: readonly Format[]
}

/** Volume of DNS names in a flow: reads the silent alerts of the query rules, and alerts where a bound is passed. */
export class DnsVolumeStage implements Stage {
  readonly name = DNS_VOLUME
  readonly #options: DnsVolumeStageOptions
  #watch: DnsVolumeWatch

  constructor(options: DnsVolumeStageOptions) {
    this.#options = options
    this.#watch = new DnsVolumeWatch(options)
  }

  push(input: StageInput, emit: (finding: StageFinding) => void): void {
    if (input.kind !== 'alert' || !DNS_QUERY_RULES.has(input.alert.rule.id)) return
    const { alert } = input
    const query = dnsQueryOf(normalise(alert.event, this.#options.formats).view, timeOf(alert))
    const found = query && this.#watch.observe(query)
    if (!found) return
    const id = `${DNS_VOLUME}:${alert.id}`
    const { file, line, sequence, receivedMs, logSource } = alert
    emit({ stage: DNS_VOLUME, id, body: volumeAlert(id, found, { file, line, sequence, receivedMs, logSource }) })
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

/** No event is later than its receipt: one wrong clock must not make the queries of all others too late. */
function timeOf({ eventMs, receivedMs }: PipelineAlert): number {
  return Math.min(eventMs, receivedMs)
}
