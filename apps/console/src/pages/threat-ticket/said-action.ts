import type { TicketActionBody } from '@dengta/sdk'

/** Steps of a ticket that need a word. */
export const SAID = ['assign', 'note', 'wait', 'resolve', 'reopen'] as const
export type Said = (typeof SAID)[number]

/** The step with the word where the server looks for it. */
export function saidAction(kind: Said, words: string): TicketActionBody {
  switch (kind) {
    case 'assign':
      return { kind, to: words }
    case 'note':
      return { kind, text: words }
    case 'resolve':
      return { kind, resolution: words }
    default:
      return { kind, reason: words }
  }
}
