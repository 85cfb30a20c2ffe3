/** What an event of the grid will leave at a site: no run may hold more once it begins. */
export interface KeptPower {
  readonly event: string
  readonly site: string
  /** The least that the jobs of this house may draw while it lasts, kW at the meter. */
  readonly leftKw: number
  /** Milliseconds since 1970. */
  readonly from: number
  readonly to: number
}
