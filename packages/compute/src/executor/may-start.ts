import type { EngineState } from './executor.ts'

/** A job as an engine of our own counts it. */
export interface CountedJob {
  readonly site: string
  readonly chip: string
  readonly chips: number
  readonly kw: number
  readonly state: EngineState
}

export interface Pool {
  readonly site: string
  readonly chip: string
  readonly count: number
}

/** True where a job would find its chips free and leave its site within the power guard; a site without a guard has no limit. */
export function mayStart(
  job: CountedJob,
  running: readonly CountedJob[],
  { pools, guards }: { readonly pools: readonly Pool[]; readonly guards: ReadonlyMap<string, number> },
): boolean {
  const beside = running.filter(({ site }) => site === job.site)
  const kw = beside.reduce((sum, other) => sum + other.kw, job.kw)
  const taken = beside.reduce((sum, { chip, chips }) => (chip === job.chip ? sum + chips : sum), job.chips)
  const room = pools.find(({ site, chip }) => site === job.site && chip === job.chip)?.count ?? 0
  return taken <= room && kw <= (guards.get(job.site) ?? Number.POSITIVE_INFINITY) + 1e-9
}
