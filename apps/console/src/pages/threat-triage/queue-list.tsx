import type { GroupView } from '@dengta/sdk'
import { useEffect, useRef } from 'react'
import { LevelTag } from '../../parts/level-tag.tsx'
import { ActionTag } from '../../parts/threat-tags.tsx'
import { useTimes } from '../../words/use-times.ts'
import { useWords } from '../../words/use-words.ts'
import { JudgementMark } from './judgement-mark.tsx'
import styles from './queue-list.module.css'
import type { Judging } from './use-judging.ts'

interface Props {
  readonly groups: readonly GroupView[]
  readonly judging: Judging
  readonly inHand: string | undefined
  readonly choose: (group: string) => void
}

/** The queue as it was fetched. A judged group stays where it is, with what became of its verdict. */
export function QueueList({ groups, judging, inHand, choose }: Props) {
  const { t } = useWords()
  const current = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (inHand !== undefined) current.current?.scrollIntoView({ block: 'nearest' })
  }, [inHand])
  return (
    <nav aria-label={t('triage.queue')} className={styles.queue}>
      <ol>
        {groups.map((group) => (
          <li key={group.id}>
            <button
              ref={group.id === inHand ? current : null}
              type="button"
              aria-current={group.id === inHand ? 'true' : undefined}
              data-state={judging.judgements.get(group.id)?.state}
              onClick={() => choose(group.id)}
            >
              <Row group={group} />
              <JudgementMark judgement={judging.judgements.get(group.id)} />
            </button>
          </li>
        ))}
      </ol>
    </nav>
  )
}

function Row({ group }: { readonly group: GroupView }) {
  const { count, cost } = useWords()
  const { moment } = useTimes()
  const { decision, level, signature, host, alerts, first } = group
  return (
    <>
      <span className={styles.head}>
        <LevelTag level={level} />
        <ActionTag action={decision.action} />
        <span className={styles.score}>{cost(decision.score).replace('-', '−')}</span>
      </span>
      <span className={styles.signature}>{signature}</span>
      <span className={styles.about}>
        {host} · {moment(first)} · ×{count(alerts)}
      </span>
    </>
  )
}
