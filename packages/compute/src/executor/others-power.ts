/** What jobs that others submit, and that this house does not run, may draw. */
export interface OthersPower {
  /** The least that is theirs at a site from one moment to before another, kW at the meter; milliseconds since 1970. */
  readonly leastKw: (site: string, from: number, to: number) => number
  /** One chip at its highest level, kW at the meter of the site; undefined for a chip whose power nobody has stated. */
  readonly chipKw: (site: string, chip: string) => number | undefined
}
