import type { UseQueryResult } from '@tanstack/react-query'
import { Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { useWords } from '../words/use-words.ts'
import { ProblemNotice } from './problem-notice.tsx'

interface Props<T> {
  readonly query: UseQueryResult<T>
  /** Lines of the placeholder while the answer is on its way. */
  readonly lines?: number
  readonly children: (data: T) => ReactNode
}

/** The faces of an answer: on its way, failed with a way on, here, and here but old since asking again fails. */
export function Loaded<T>({ query, lines = 4, children }: Props<T>) {
  const { t } = useWords()
  const { data, error, dataUpdatedAt } = query
  const retry = () => void query.refetch()
  if (data !== undefined)
    return (
      <>
        {error && <ProblemNotice error={error} retry={retry} since={dataUpdatedAt} />}
        {children(data)}
      </>
    )
  if (error) return <ProblemNotice error={error} retry={retry} />
  return (
    <div role="status" style={{ padding: 20 }}>
      <span className="unseen">{t('shell.loading')}</span>
      <Skeleton active title={false} paragraph={{ rows: lines }} />
    </div>
  )
}
