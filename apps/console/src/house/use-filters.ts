import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { output, ZodObject } from 'zod'
import { type FilterShape, readFilters } from './filters.ts'

export interface Filters<Q> {
  readonly shown: Partial<Q>
  /** Takes the change into the address; `undefined` takes a filter away. */
  show(change: { readonly [K in keyof Q]?: Q[K] | undefined }): void
}

/** What of a list is shown, kept in the address: it can be linked to, and the way back leads to it. */
export function useFilters<S extends ZodObject>(schema: S): Filters<output<S>> {
  const search = useSearch({ strict: false }) as Readonly<Record<string, unknown>>
  const go = useNavigate()
  const shown = useMemo(() => readFilters(schema.shape as FilterShape, search) as Partial<output<S>>, [schema, search])
  const show = (change: object) =>
    void go({ to: '.', search: { ...search, ...change } as never, replace: true, resetScroll: false })
  return { shown, show }
}
