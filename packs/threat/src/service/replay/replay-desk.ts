import type { Caller, Text } from '@dengta/kernel'
import type { NewReplay, ReplayList, ReplayView } from '@dengta/sdk'
import { audit } from '../audit.ts'
import type { ThreatTables } from '../tables.ts'
import type { ThreatContext } from '../threat-context.ts'
import { threatErrors } from '../threat-errors.ts'
import { describeSource, networkSource } from './networks.ts'
import { REPLAY_QUEUE } from './replay-job.ts'
import { cancelled, type ReplayRow, type ReplayStore } from './replay-store.ts'

export interface ReplayDesk {
  /** Throws `threat.no_network`, `threat.replay_runs`. */
  start(caller: Caller, wish: NewReplay): Promise<ReplayView>
  /** Throws `threat.missing`, `threat.replay_over`. */
  stop(caller: Caller, id: string): Promise<ReplayView>
  list(): Promise<ReplayList>
  /** Throws `threat.missing`. */
  get(id: string): Promise<ReplayView>
}

type Parts = ThreatContext & {
  readonly replays: ReplayStore
  readonly steps: ReadonlyMap<string, NonNullable<ReplayView['progress']>>
  /** Replays that somebody wants stopped, and who. */
  readonly stops: Map<string, string>
}

/** The smallest network of AIT-ADS: enough to see everything, done in under a minute. */
const FIRST_CHOICE = 'russellmitchell'

export function replayDesk(parts: Parts): ReplayDesk {
  const { replays, steps, settings } = parts
  const live = ({ view }: ReplayRow): ReplayView => {
    const progress = steps.get(view.id)
    return progress === undefined ? view : { ...view, state: 'running', progress }
  }
  const get = async (id: string) => {
    const row = await replays.find(id)
    if (!row) throw threatErrors.missing({ what: 'replay', id })
    return live(row)
  }
  return {
    start: (caller, wish) => start(parts, caller, wish),
    stop: async (caller, id) => {
      await stop(parts, caller, id)
      return get(id)
    },
    list: async () => {
      const source = networkSource(settings.dataFolder)
      return {
        replays: (await replays.list()).map(live),
        networks: [...source.networks],
        source: describeSource(source).source,
      }
    },
    get,
  }
}

const OVER = {
  done: { en: 'done', zh: '已完成' },
  failed: { en: 'failed', zh: '失败' },
  cancelled: { en: 'stopped', zh: '已停止' },
} satisfies Record<string, Text>

/** One that is at work notices within a second; one that waits for its turn is over at once. */
async function stop({ store, clock, replays, steps, stops }: Parts, caller: Caller, id: string): Promise<void> {
  const row = await replays.find(id)
  if (!row) throw threatErrors.missing({ what: 'replay', id })
  const { state } = row.view
  if (state !== 'waiting' && state !== 'running') throw threatErrors.replay_over({ id, state: OVER[state] })
  const [at, actor] = [clock.now(), caller.participant]
  stops.set(id, actor)
  if (!steps.has(id)) await replays.save(cancelled(row, actor, at))
  await audit(store.db<ThreatTables>(), { at, actor, action: 'replay.stop', target: id })
}

async function start(
  { store, clock, ids, settings, replays }: Parts,
  caller: Caller,
  wish: NewReplay,
): Promise<ReplayView> {
  const { speed = 0, sample = false, events = true, afterRestart = 'resume' } = wish
  const chosen = networkSource(settings.dataFolder, sample ? 'sample' : undefined)
  const { kind, networks } = chosen
  const network = wish.network ?? (networks.includes(FIRST_CHOICE) ? FIRST_CHOICE : (networks[0] as string))
  if (!networks.includes(network)) throw threatErrors.no_network({ network, known: networks.join(', ') })
  const running = (await replays.list()).find(({ view }) => view.state === 'waiting' || view.state === 'running')
  if (running) throw threatErrors.replay_runs({ id: running.view.id })
  const { origin, source } = describeSource(chosen)
  const at = clock.now()
  const view: ReplayView = {
    ...{ id: ids.next('replay'), state: 'waiting', network, origin, source, speed, startedBy: caller.participant },
    ...{ startedAt: at.toISOString(), incidents: [], records: [] },
  }
  await store.transaction<ThreatTables, void>(async (tx) => {
    await replays.create(tx, { view, kind, events, afterRestart })
    await store.jobs.enqueue(tx, REPLAY_QUEUE, { id: view.id })
    await audit(tx, { at, actor: caller.participant, action: 'replay.start', target: view.id, detail: network })
  })
  return view
}
