import type { NewDisposition } from '@dengta/sdk'
import { useQueryClient } from '@tanstack/react-query'
import { useBlocker } from '@tanstack/react-router'
import { useCallback, useEffect, useReducer, useRef } from 'react'
import { useSession } from '../../house/session.tsx'
import { useNotice } from '../../house/use-notice.ts'
import { useWords } from '../../words/use-words.ts'
import {
  countJudgements,
  type JudgementCounts,
  type Judgements,
  lastUndoable,
  mayJudge,
  stepJudgements,
} from './judgements.ts'
import { isQueueLength } from './use-queue.ts'

export interface Judging {
  readonly judgements: Judgements
  judge(group: string, said: NewDisposition): void
  /** Takes the newest saved verdict back; answers its group, or undefined where there is none. */
  undo(): string | undefined
  refreshed(): void
}

/** Gives verdicts without waiting for the server, and tells of each what really became of it. */
export function useJudging(): Judging {
  const { client } = useSession()
  const cache = useQueryClient()
  const [judgements, step] = useReducer(stepJudgements, new Map() as Judgements)
  useWarning(countJudgements(judgements))
  const lose = useLosses()
  const recount = () => void cache.invalidateQueries({ predicate: ({ queryKey }) => isQueueLength(queryKey) })
  const judge = (group: string, said: NewDisposition) => {
    if (!mayJudge(judgements.get(group))) return
    step({ kind: 'judge', group, said })
    client.judgeGroup(group, said).then(
      (detail) => {
        cache.setQueryData(['getGroup', group], detail)
        step({ kind: 'saved', group })
        recount()
      },
      (problem: Error) => {
        step({ kind: 'failed', group, problem })
        lose(problem)
      },
    )
  }
  const undo = () => {
    const group = lastUndoable(judgements)?.group
    if (group === undefined) return undefined
    step({ kind: 'undo', group })
    client.undoDisposition(group).then(
      (detail) => {
        cache.setQueryData(['getGroup', group], detail)
        step({ kind: 'undone', group })
        recount()
      },
      (problem: Error) => {
        step({ kind: 'undo_failed', group, problem })
        lose(problem)
      },
    )
    return group
  }
  return { judgements, judge, undo, refreshed: useCallback(() => step({ kind: 'refreshed' }), []) }
}

/** Tells of a failure that came after its page was left: no mark in a list can. */
function useLosses(): (problem: Error) => void {
  const { t } = useWords()
  const tell = useNotice(t('judging.lostSince'))
  const left = useRef(false)
  useEffect(() => {
    left.current = false
    return () => {
      left.current = true
    }
  }, [])
  return (problem) => left.current && tell(problem)
}

/** Asks before verdicts that are not saved are lost: the browser with its tab, the console with the page. */
function useWarning({ saving, failed }: JudgementCounts): void {
  const { t } = useWords()
  useBlocker({
    disabled: saving + failed === 0,
    shouldBlockFn: ({ current, next }) =>
      failed > 0 && current.pathname !== next.pathname && !confirm(t('judging.leave')),
    enableBeforeUnload: saving + failed > 0,
  })
}
