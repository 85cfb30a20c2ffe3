import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { useSession } from '../../house/session.tsx'
import { useNotice } from '../../house/use-notice.ts'
import { useWords } from '../../words/use-words.ts'

/** Reads the configured files again. A set that is refused changes nothing, and its reason is shown. */
export function ReloadButton() {
  const { t } = useWords()
  const { client, may } = useSession()
  const cache = useQueryClient()
  const tell = useNotice()
  const { message } = App.useApp()
  const reload = useMutation({
    mutationFn: () => client.reloadRules(),
    onSuccess: ({ changed }) => {
      void message.success(t(changed ? 'report.changed' : 'report.same'))
      for (const key of ['getRuleSet', 'listRules', 'getCoverage', 'getRule'])
        void cache.invalidateQueries({ queryKey: [key] })
    },
    onError: tell,
  })
  if (!may('operator')) return null
  return (
    <Button loading={reload.isPending} onClick={() => reload.mutate()}>
      {t('report.reload')}
    </Button>
  )
}
