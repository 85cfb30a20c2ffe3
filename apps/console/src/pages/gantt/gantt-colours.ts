import type { Look } from '../../look/theme.ts'
import type { GanttModel } from './gantt-model.ts'

export const COLOURINGS = ['power', 'tier', 'state'] as const
export type Colouring = (typeof COLOURINGS)[number]

/**
 * Colours by meaning. Power is one hue from light to dark, so that it reads without any sense of colour; tiers and states are of
 * Okabe and Ito's set, which people with colour blindness tell apart.
 */
const COLOURS: Readonly<Record<Look, Readonly<Record<Colouring, readonly string[]>>>> = {
  light: {
    power: ['#bfe0e4', '#7dbcc5', '#38919d', '#0b5561'],
    tier: ['#0072b2', '#009e73', '#e69f00', '#cc79a7'],
    state: ['#9aa5a2', '#e69f00', '#56b4e9'],
  },
  dark: {
    power: ['#1d4750', '#2d7480', '#55a8b4', '#aee6ec'],
    tier: ['#3d9bd6', '#1fb98c', '#e6a91f', '#d990b7'],
    state: ['#5d6b69', '#e6a91f', '#56b4e9'],
  },
}

export const coloursOf = (look: Look, by: Colouring): readonly string[] => COLOURS[look][by]

/** Upper edges of the first three steps of power, as shares of the most that the chip takes. */
export const POWER_STEPS = [0.6, 0.75, 0.9] as const

/** For each bar the index of its colour. `now`: slot of the reader's time. */
export function colourIndices({ count, level, start, end, bars }: GanttModel, by: Colouring, now: number): Uint8Array {
  const of = {
    power: (i: number) => POWER_STEPS.filter((step) => level[i]! > step).length,
    tier: (i: number) => Math.min(3, bars.bars.tier[i]!),
    state: (i: number) => (end[i]! <= now ? 0 : start[i]! <= now ? 1 : 2),
  }[by]
  return Uint8Array.from({ length: count }, (_, i) => of(i))
}
