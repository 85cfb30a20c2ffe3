import type { DispositionKind } from '@dengta/sdk'
import { Button } from 'antd'
import { useSession } from '../../house/session.tsx'
import { useWords } from '../../words/use-words.ts'
import { JudgementMark } from './judgement-mark.tsx'
import { lastUndoable, mayJudge } from './judgements.ts'
import styles from './triage-bench.module.css'
import type { Judging } from './use-judging.ts'

interface Props {
  readonly judging: Judging
  readonly group: string
  readonly ask: (kind: DispositionKind) => unknown
  readonly undo: () => void
}

const BUTTONS = [
  { kind: 'benign', key: 'c' },
  { kind: 'suppress', key: 's' },
  { kind: 'confirm', key: 'e' },
  { kind: 'unclear', key: 'x' },
] as const

/** The verdicts as buttons, each with its key. */
export function JudgeBar({ judging, group, ask, undo }: Props) {
  const { t } = useWords()
  const { may } = useSession()
  const judgement = judging.judgements.get(group)
  const off = !may('operator') || !mayJudge(judgement)
  return (
    <div className={styles.verdicts}>
      {BUTTONS.map(({ kind, key }) => (
        <Button key={kind} danger={kind === 'confirm'} disabled={off} onClick={() => ask(kind)}>
          {t(`triage.${kind}`)}
          <kbd>{key}</kbd>
        </Button>
      ))}
      <Button type="text" disabled={!lastUndoable(judging.judgements)} onClick={undo}>
        {t('triage.undo')}
        <kbd>u</kbd>
      </Button>
      <span aria-live="polite">
        <JudgementMark judgement={judgement} />
      </span>
      {judgement?.state === 'failed' && (
        <Button type="primary" onClick={() => judging.judge(group, judgement.said)}>
          {t('judging.retry')}
        </Button>
      )}
    </div>
  )
}
