import type { EngineJob, Order, Snapshot } from '@dengta/compute'
import { type Random, seededRandom, uniform } from '@dengta/statistics'
import { writeComment } from '../../packages/compute/src/slurm/job-comment.ts'
import type { SlurmRun } from '../../packages/compute/src/slurm/slurm-client.ts'
import { nodesOf } from '../../packages/compute/src/slurm/slurm-description.ts'
import { describe, limitsIn, SLOT_MS } from './slurm-online-day.ts'
import type { Player } from './slurm-online-players.ts'

/** Slurm looks at its queue once a second, and past jobs that cannot start (backfill) every five. */
const LOOK_MS = 1000
const BACKFILL_MS = 5000
/** From decision to queue, and from the end of a job to free chips; drawn between least and most. */
const SUBMIT_MS = [400, 1500] as const
const LEAVE_MS = [200, 1200] as const

interface Queued {
  readonly order: Order
  readonly queuedAt: number
  nodes: readonly string[]
  startedAt?: number
  endsAt?: number
  freeAt?: number
  cancelledAt?: number
}

/** A day on a Slurm that exists in memory only: nodes, licences and latencies as on the real one, minutes in a second. */
export function rehearse(day: Snapshot, player: Player, seed: number): SlurmRun[] {
  const stage = { day, random: seededRandom(seed), queue: [] as Queued[] }
  for (let now = 0; now < (day.slots + 1) * SLOT_MS; now += LOOK_MS) {
    if (now % SLOT_MS === 0 && now < day.slots * SLOT_MS) take(stage, player, now)
    look(stage, now)
  }
  return stage.queue.map(runOf)
}

interface Stage {
  readonly day: Snapshot
  readonly random: Random
  readonly queue: Queued[]
}

function take({ queue, random }: Stage, player: Player, now: number): void {
  const seen = new Map(queue.map((each) => [each.order.job, engineJobOf(each, now)]))
  const { orders, cancelled } = player(now / SLOT_MS, seen)
  for (const each of queue)
    if (cancelled.includes(each.order.job) && each.startedAt === undefined) each.cancelledAt = now
  for (const order of orders)
    queue.push({ order, queuedAt: now + between(SUBMIT_MS, random), nodes: order.nodes ?? [] })
}

const between = ([least, most]: readonly [number, number], random: Random): number =>
  least + (most - least) * uniform(random)

/** Starts what fits, in order; without backfill the first that finds no node stops its partition. */
function look({ day, random, queue }: Stage, now: number): void {
  const held = queue.filter(({ startedAt, freeAt }) => startedAt !== undefined && freeAt! > now)
  const blocked = new Set<string>()
  const limits = new Map(limitsIn(day, Math.floor(now / SLOT_MS)).sites.map(({ name, limitKw }) => [name, limitKw]))
  for (const each of queue) {
    const { order } = each
    if (each.queuedAt > now || each.startedAt !== undefined || each.cancelledAt !== undefined) continue
    if (blocked.has(order.site)) continue
    const drawn = held.reduce((sum, own) => sum + (own.order.site === order.site ? watts(own.order) : 0), 0)
    if (drawn + watts(order) > 1000 * limits.get(order.site)!) continue
    const nodes = nodesFor(day, order, held)
    if (!nodes && now % BACKFILL_MS !== 0 && !order.nodes) blocked.add(order.site)
    if (!nodes) continue
    each.nodes = nodes
    each.startedAt = now
    each.endsAt = now + 1000 * Number(order.command[1])
    each.freeAt = each.endsAt + between(LEAVE_MS, random)
    held.push(each)
  }
}

const watts = ({ kw }: Order): number => Math.ceil(kw * 1000 - 1e-6)

/** The nodes that the order names where they have room, else the first with room. */
function nodesFor(day: Snapshot, { site, chip, chips, nodes }: Order, held: readonly Queued[]): string[] | undefined {
  const free = (name: string): number =>
    8 - held.reduce((sum, each) => sum + (each.nodes.includes(name) ? Math.min(8, each.order.chips) : 0), 0)
  const own = nodesOf(describe(day)).filter((node) => node.site === site && node.chip === chip)
  const names = (nodes ?? own.map(({ name }) => name)).filter((name) => free(name) >= Math.min(8, chips))
  const wanted = Math.ceil(chips / 8)
  return names.length < wanted ? undefined : names.slice(0, wanted)
}

function engineJobOf({ order, nodes, startedAt, endsAt, cancelledAt }: Queued, now: number): EngineJob {
  const { job, site, chip, chips, kw } = order
  const begun = startedAt === undefined ? 'waiting' : endsAt! > now ? 'running' : 'done'
  const state = cancelledAt === undefined ? begun : 'cancelled'
  return {
    job,
    engineId: job,
    state,
    site,
    chip,
    chips,
    kw,
    startedAt,
    nodes: startedAt === undefined ? undefined : nodes,
  }
}

function runOf({ order, startedAt, endsAt, cancelledAt }: Queued): SlurmRun {
  const state = cancelledAt === undefined ? (startedAt === undefined ? 'PENDING' : 'COMPLETED') : 'CANCELLED'
  return {
    id: order.job,
    name: order.job,
    user: order.participant,
    state,
    startedAt,
    endedAt: endsAt ?? cancelledAt,
    comment: writeComment(order),
  }
}
