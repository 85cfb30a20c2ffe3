import type { ZodType } from 'zod'

/** Fields of a query by name, as the sdk declares them. */
export type FilterShape = Readonly<Record<string, ZodType>>

/** The part of an address that fits the query; what does not fit is left out, so that an old link still opens. */
export function readFilters(shape: FilterShape, search: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const read = Object.entries(shape).flatMap(([name, field]) => {
    const given = search[name]
    if (given === undefined || given === null || given === '') return []
    const parsed = field.safeParse(String(given))
    return parsed.success ? [[name, parsed.data] as const] : []
  })
  return Object.fromEntries(read)
}
