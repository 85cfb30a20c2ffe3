import type { PlanResult } from '@dengta/sdk'
import type { ReactNode } from 'react'
import { Tag } from '../../parts/tag.tsx'
import { useWords } from '../../words/use-words.ts'
import styles from './verdict.module.css'

/** A plan in four figures: who is served, what it costs, how far from the best it can be at most, whether it holds. */
export function Verdict({ result }: { readonly result: PlanResult }) {
  const { t, count, amount, gap } = useWords()
  const { placed, jobs, unserved, yuan, bound, service, check } = result
  return (
    <dl className={styles.verdict}>
      <Fact name={t('plan.served')} value={t('plan.servedOf', { placed: count(placed), jobs: count(jobs) })}>
        {unserved === 0
          ? t('plan.allServed')
          : t('plan.unserved', { unserved: count(unserved), least: count(wholeJobs(service.jobsBound)) })}
      </Fact>
      <Fact name={t('plan.cost')} value={t('plan.yuan', { yuan: amount(yuan) })}>
        {t('plan.atLeast', { yuan: amount(bound) })}
      </Fact>
      <Fact name={t('plan.gap')} value={gap(result.gap)}>
        <GapBar gap={result.gap} />
        {result.boundWeak ? <Tag tone="unsure">{t('plan.boundWeak')}</Tag> : t('plan.gapText')}
      </Fact>
      <Fact
        name={t('plan.check')}
        value={<Tag tone={check.ok ? 'good' : 'bad'}>{t(check.ok ? 'plan.holds' : 'plan.faulty')}</Tag>}
      >
        {t('plan.checkText', { seconds: count(Math.round(result.seconds)) })}
      </Fact>
    </dl>
  )
}

/** A bound proves the next whole job, but for the rounding of its sum. */
const wholeJobs = (bound: number): number => Math.max(0, Math.ceil(bound - 1e-6))

function Fact({
  name,
  value,
  children,
}: {
  readonly name: string
  readonly value: ReactNode
  readonly children: ReactNode
}) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>
        <b>{value}</b>
        <span className={styles.small}>{children}</span>
      </dd>
    </div>
  )
}

/** Proven cost in full, what is not proven hatched. */
function GapBar({ gap }: { readonly gap: number }) {
  return (
    <span className={styles.bar} style={{ display: 'block' }} aria-hidden="true">
      <span className={styles.proved} style={{ width: `${100 * (1 - gap)}%` }} />
      <span className={styles.open} style={{ width: `${100 * gap}%` }} />
    </span>
  )
}
