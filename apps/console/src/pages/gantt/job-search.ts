/** The job that an address asks about. Numbers become text again: a job may be named `42`. */
export function jobSearch(search: Readonly<Record<string, unknown>>): { readonly job?: string | undefined } {
  const { job } = search
  return typeof job === 'string' || typeof job === 'number' ? { job: String(job) } : {}
}
