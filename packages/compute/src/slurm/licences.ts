/** The server that the licences of all sites are said to come from: the grid. */
export const SERVER = 'grid'

/**
 * The remote licence that stands for the power of a site. One licence is one watt, so no job is rounded up to a kilowatt.
 * Remote, because only those can be changed while Slurm runs. sacctmgr knows small letters only.
 */
export const licenceOf = (site: string): string => `watts_${site.toLowerCase()}`

/** Licences of a power, rounded up for a job that draws it. */
export const wattsDrawn = (kw: number): number => Math.ceil(kw * 1000 - 1e-6)

/** Licences of a power, rounded down for a limit that holds it. */
export const wattsAllowed = (kw: number): number => Math.floor(kw * 1000 + 1e-6)
