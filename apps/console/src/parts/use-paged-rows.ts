import { useQueries } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { unlessRefused } from '../house/house-cache.ts'
import { pagesOf, type WindowRange } from './window-range.ts'

const SIZE = 100

/** One page of a list as the server answers it. */
interface RowPage<R> {
  readonly rows: readonly R[]
  readonly total: number
}

interface PagedOptions<R> {
  /** Part of the cache key: another name or query is another list. */
  readonly name: string
  readonly query: object
  readonly fetchPage: (place: { readonly offset: number; readonly limit: number }) => Promise<RowPage<R>>
  /** Milliseconds until the pages in sight are asked for again. */
  readonly again?: number
}

export interface PagedRows<R> {
  /** Changes with the query: another list. */
  readonly list: string
  readonly total: number
  rowAt(index: number): R | undefined
  /** To be told which rows are in sight; their pages are fetched. */
  wanted(range: WindowRange): void
  readonly isPending: boolean
  readonly error: Error | undefined
  retry(): void
}

/** A list of any length, fetched in pages as they come into sight; the first page is always there. */
export function usePagedRows<R>({ name, query, fetchPage, again }: PagedOptions<R>): PagedRows<R> {
  const list = JSON.stringify([name, query])
  const [inSight, setInSight] = useState<{ readonly list: string; readonly pages: readonly number[] }>({
    list,
    pages: [0],
  })
  const pages = inSight.list === list ? inSight.pages : [0]
  const wantedPages = [...new Set([0, ...pages])]
  const answers = useQueries({
    queries: wantedPages.map((page) => ({
      queryKey: [name, query, page],
      queryFn: () => fetchPage({ offset: page * SIZE, limit: SIZE }),
      refetchInterval: unlessRefused(again ?? false),
    })),
  })
  const known = useRef(0)
  const total = answers.find(({ data }) => data)?.data?.total
  if (total !== undefined) known.current = total
  const broken = answers.find(({ isError }) => isError)
  return {
    list,
    total: total ?? known.current,
    rowAt: (index) => answers[wantedPages.indexOf(Math.floor(index / SIZE))]?.data?.rows[index % SIZE],
    wanted: (range) => {
      const next = pagesOf(range, SIZE)
      if (next.join() !== pages.join()) setInSight({ list, pages: next })
    },
    isPending: answers[0]?.isPending ?? true,
    error: broken?.error ?? undefined,
    retry: () => {
      for (const answer of answers) if (answer.isError) void answer.refetch()
    },
  }
}
