import { type AlertGroup, extendGroup, type GroupCopy, openGroup, sameGroup } from './alert-group.ts'
import { atOnce, copied } from './in-steps.ts'
import { RecentlyUsed } from './recently-used.ts'
import { SameTexts } from './same-texts.ts'
import type { SeenAlert } from './seen-alert.ts'

export interface GrouperOptions {
  /** A pause longer than this ends the group, ms. */
  readonly gap: number
  /** Groups open at once; beyond it the one that was quiet longest is ended early. */
  readonly maxOpen: number
}

export const GROUPING: GrouperOptions = { gap: 300_000, maxOpen: 100_000 }

export interface GrouperState {
  readonly next: number
  /** Ordered by last alert, longest quiet first. */
  readonly open: readonly AlertGroup[]
}

/** Puts alerts into groups, one at a time, by event time. Of an alert that comes late the time still decides its group. */
export class Grouper {
  readonly #options: GrouperOptions
  readonly #open: RecentlyUsed<AlertGroup>
  readonly #texts = new SameTexts()
  #next = 0

  constructor(options: GrouperOptions = GROUPING, state?: GrouperState) {
    this.#options = options
    this.#next = state?.next ?? 0
    this.#open = new RecentlyUsed(
      options.maxOpen,
      state?.open.map((group) => [groupKey(group), group] as const),
    )
  }

  /** The group that this alert belongs to, and whether it is its first. */
  add(alert: SeenAlert): { group: AlertGroup; opened: boolean } {
    const key = groupKey(alert)
    const open = this.#open.get(key)
    if (open !== undefined && alert.time - open.last <= this.#options.gap) {
      extendGroup(open, alert)
      this.#open.set(key, open)
      return { group: open, opened: false }
    }
    const group = openGroup(this.#next, this.#shared(alert))
    this.#next += 1
    this.#open.set(key, group)
    return { group, opened: true }
  }

  save(): GrouperState {
    return atOnce(this.freeze(sameGroup))
  }

  /** The same in steps between which no alert may be added. */
  *freeze(copyOf: GroupCopy): Generator<void, GrouperState> {
    return { next: this.#next, open: yield* copied(this.#open.values(), copyOf) }
  }

  /** The alert in texts that others have too: a group holds those of its first alerts for long. */
  #shared(alert: SeenAlert): SeenAlert {
    const { signature, level, host, detector, account, process, addresses, techniques } = alert
    const of = (text: string): string => this.#texts.of(text)
    return {
      ...alert,
      ...{ signature: of(signature), level: of(level), host: of(host), detector: of(detector) },
      ...{ addresses: addresses.map(of), techniques: techniques.map(of) },
      ...(account !== undefined && { account: of(account) }),
      ...(process !== undefined && { process: of(process) }),
    }
  }
}

function groupKey({ signature, host }: { readonly signature: string; readonly host: string }): string {
  return `${signature}\n${host}`
}
