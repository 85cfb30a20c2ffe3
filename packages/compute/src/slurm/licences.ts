/** The server that the licences of all sites are said to come from: the grid. */
export const SERVER = 'grid'

/**
 * The remote licence that stands for the power of a site. One licence is one watt, so no job is rounded up to a kilowatt.
 * Remote, because only those can be changed while Slurm runs. sacctmgr knows small letters only.
 */
export const licenceOf = (site: string): string => `watts_${site.toLowerCase()}`
