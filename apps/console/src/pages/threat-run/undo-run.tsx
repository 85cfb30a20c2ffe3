import type { RunDetail } from '@dengta/sdk'
import { Button, Popconfirm } from 'antd'
import { useSession } from '../../house/session.tsx'
import { useNotice } from '../../house/use-notice.ts'
import { useWords } from '../../words/use-words.ts'
import { itself, useRunStep } from './use-run-step.ts'

/** Offered only where the server says that it may be done now. */
export function UndoRun({ run }: { readonly run: RunDetail }) {
  const { t } = useWords()
  const { client } = useSession()
  const tell = useNotice()
  const undo = useRunStep(run.id, () => client.undoRun(run.id), itself)
  if (!run.may.undo) return null
  return (
    <Popconfirm
      title={t('run1.undo')}
      description={t('run1.undoHow')}
      okText={t('run1.undo')}
      cancelText={t('threat.cancel')}
      onConfirm={() => undo.mutate(undefined, { onError: tell })}
    >
      <Button danger loading={undo.isPending}>
        {t('run1.undo')}
      </Button>
    </Popconfirm>
  )
}
