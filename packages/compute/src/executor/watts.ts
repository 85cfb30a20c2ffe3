/** Whole watts of a power in kW, rounded up for a job that draws it; rounding of sums is no watt. */
export const wattsDrawn = (kw: number): number => Math.ceil(kw * 1000 - 1e-6)

/** Whole watts of a power in kW, rounded down for a limit that holds it. */
export const wattsAllowed = (kw: number): number => Math.floor(kw * 1000 + 1e-6)
