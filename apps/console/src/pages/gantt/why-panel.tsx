import type { JobWhy } from '@dengta/sdk'
import { Button } from 'antd'
import { useEffect, useRef } from 'react'
import { useHouse } from '../../house/use-house.ts'
import { Icon } from '../../parts/icon.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { Tag } from '../../parts/tag.tsx'
import { useWords } from '../../words/use-words.ts'
import { PricedOptions } from './priced-options.tsx'
import styles from './why-panel.module.css'
import { WhyWindow } from './why-window.tsx'

interface Props {
  readonly plan: string
  readonly job: string
  readonly close: () => void
}

/** Why a job lies where it lies, in words and in pictures. */
export function WhyPanel({ plan, job, close }: Props) {
  const { t } = useWords()
  const query = useHouse('getJobWhy', [plan, job])
  const head = useBroughtIntoSight()
  return (
    <div className={styles.panel}>
      <div ref={head} className={styles.head}>
        <h2>{job}</h2>
        <Button type="text" size="small" aria-label={t('why.close')} icon={<Icon name="cross" />} onClick={close} />
      </div>
      <Loaded query={query} lines={6}>
        {(why) => <Answer why={why} />}
      </Loaded>
    </div>
  )
}

/** The answer lies beside the chart, or below it on a small screen: seldom where the reader asked. */
function useBroughtIntoSight() {
  const head = useRef<HTMLDivElement>(null)
  useEffect(() => {
    head.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  return head
}

function Answer({ why }: { readonly why: JobWhy }) {
  const { t, count, cost } = useWords()
  const { participant, class: kind, chips, hours, tier } = why
  return (
    <>
      <p className={styles.meta}>
        {t('why.asks', { participant, kind, chips: count(chips), hours: cost(hours) })}
        <br />
        <Tag>{t(`tier.${tierOf(tier)}`)}</Tag> {!why.served && <Tag tone="bad">{t('why.unserved')}</Tag>}
      </p>
      <Answers why={why} />
      <WhyWindow why={why} />
      <PricedOptions why={why} />
    </>
  )
}

/** Tiers above 3 do not exist; the number alone does not say so. */
const tierOf = (tier: number): 0 | 1 | 2 | 3 => (tier === 0 || tier === 1 || tier === 2 ? tier : 3)

const QUESTIONS = ['here', 'now', 'power', 'waitsFor', 'megawatt'] as const

function Answers({ why }: { readonly why: JobWhy }) {
  const { t, say } = useWords()
  return (
    <dl className={styles.answers}>
      {QUESTIONS.map((question) => {
        const text = why[question]
        return (
          text && (
            <div key={question}>
              <dt>{t(`why.${question}`)}</dt>
              <dd>{say(text)}</dd>
            </div>
          )
        )
      })}
    </dl>
  )
}
