import type { RunDetail } from '@dengta/sdk'
import { Notice } from '../../parts/notice.tsx'
import { ScrollTable } from '../../parts/scroll-table.tsx'
import { Tag } from '../../parts/tag.tsx'
import { useWords } from '../../words/use-words.ts'

type Done = RunDetail['done'][number]

/** What has been done, and whether it can be, or was, undone. */
export function DoneSteps({ done }: { readonly done: readonly Done[] }) {
  const { t, say } = useWords()
  if (done.length === 0) return <Notice title={t('run1.nothingDone')} />
  return (
    <ScrollTable
      label={t('run1.done')}
      heads={[t('playbook.step'), t('playbook.undo')]}
      rows={done.map((step, i) => ({
        key: `${step.step} ${String(i)}`,
        cells: [say(step.name), <Undoing key="undo" step={step} />],
      }))}
    />
  )
}

function Undoing({ step }: { readonly step: Done }) {
  const { t } = useWords()
  if (step.undone) return <Tag>{t('run1.undone')}</Tag>
  if (step.lost) return <Tag tone="bad">{t('run1.lost')}</Tag>
  return <Tag tone={step.undoable ? 'good' : 'unsure'}>{t(step.undoable ? 'run1.undoable' : 'run1.final')}</Tag>
}
