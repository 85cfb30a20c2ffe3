import { ApiError } from '@dengta/sdk'
import { useWords } from '../../words/use-words.ts'
import type { Judgement } from './judgements.ts'
import styles from './queue-list.module.css'

/** What became of a verdict: said as it is, never sooner than it is. */
export function JudgementMark({ judgement }: { readonly judgement: Judgement | undefined }) {
  const { t, say } = useWords()
  if (!judgement) return null
  const { state, said, problem } = judgement
  return (
    <span className={styles.mark} data-state={state}>
      {t(`judging.${state}`, { kind: t(`disposition.${said.kind}`) })}
      {problem instanceof ApiError && <small>{say(problem.text)}</small>}
    </span>
  )
}
