import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Speeds on fewer chips as a share of the speed on `whole`, measured for one job type. */
export interface GangCurve {
  readonly type: string
  readonly whole: number
  readonly gangs: readonly { readonly chips: number; readonly speed: number }[]
}

const KEY = /^\('(.*)', (\d+)\)$/

/**
 * Measured throughputs of training jobs on 1, 2, 4 and 8 V100 (Gavel, OSDI'20: gavel/simulation_throughputs.json) as curves of
 * smaller gangs. A curve that is faster on fewer chips is left out, as no day file may state it.
 */
export function gangCurves(folder: string): GangCurve[] {
  const file = JSON.parse(readFileSync(join(folder, 'gavel/simulation_throughputs.json'), 'utf8')) as {
    readonly v100: Readonly<Record<string, { readonly null: number }>>
  }
  const byType = new Map<string, Map<number, number>>()
  for (const [key, { null: alone }] of Object.entries(file.v100)) {
    const [, type = '', chips] = KEY.exec(key) ?? []
    byType.set(type, (byType.get(type) ?? new Map()).set(Number(chips), alone))
  }
  return [...byType].flatMap(([type, speeds]) => [8, 4, 2].flatMap((whole) => curveOf(type, speeds, whole) ?? []))
}

function curveOf(type: string, speeds: ReadonlyMap<number, number>, whole: number): GangCurve | undefined {
  const top = speeds.get(whole)
  if (top === undefined) return undefined
  const below = [4, 2, 1].filter((chips) => chips < whole && speeds.has(chips))
  const gangs = below.map((chips) => ({ chips, speed: speeds.get(chips)! / top }))
  const falls = gangs.every(({ speed }, i) => speed < (gangs[i - 1]?.speed ?? 1))
  return falls && gangs.length > 0 ? { type, whole, gangs } : undefined
}
