import type { BenchmarkView } from '@dengta/sdk'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useHouse } from '../house/use-house.ts'
import { useWords } from '../words/use-words.ts'
import { Loaded } from './loaded.tsx'
import { Page } from './page.tsx'
import styles from './tabs.module.css'
import { OriginTag } from './tag.tsx'

interface Props {
  readonly id: string
  readonly kicker: string
  readonly lead?: string
  readonly actions?: ReactNode
  readonly children: (benchmark: BenchmarkView) => ReactNode
}

/** The three pages of one benchmark share their head and lead to each other. */
export function BenchmarkFrame({ id, kicker, lead, actions, children }: Props) {
  const { t, say } = useWords()
  const query = useHouse('getBenchmark', [id])
  const params = { benchmark: id }
  const current = { 'aria-current': 'page' } as const
  return (
    <Page
      title={query.data ? say(query.data.title) : id}
      back={{ to: '/prove', label: t('verb.prove') }}
      kicker={
        <>
          {kicker}
          {query.data?.dataset && <OriginTag origin={query.data.dataset.origin} />}
        </>
      }
      lead={lead}
      actions={actions}
    >
      <nav aria-label={t('benchmark.tabs')} className={styles.tabs}>
        <Link to="/benchmarks/$benchmark/board" params={params} activeProps={current}>
          {t('benchmark.board')}
        </Link>
        <Link to="/benchmarks/$benchmark" params={params} activeOptions={{ exact: true }} activeProps={current}>
          {t('benchmark.card')}
        </Link>
        <Link to="/benchmarks/$benchmark/submit" params={params} activeProps={current}>
          {t('benchmark.submit')}
        </Link>
      </nav>
      <Loaded query={query} lines={8}>
        {children}
      </Loaded>
    </Page>
  )
}
