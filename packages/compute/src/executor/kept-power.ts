/** Power of a site that an event of the grid will take, and that no run may hold once it begins. */
export interface KeptPower {
  readonly event: string
  readonly site: string
  /** At the meter. */
  readonly kw: number
  /** Milliseconds since 1970. */
  readonly from: number
  readonly to: number
}
