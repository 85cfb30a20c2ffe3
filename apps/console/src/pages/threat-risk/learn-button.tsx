import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useSession } from '../../house/session.tsx'
import { useNotice } from '../../house/use-notice.ts'
import { useWords } from '../../words/use-words.ts'

/** Learns again; every risk on the page is that of the new model afterwards. */
export function LearnButton() {
  const { t } = useWords()
  const { client, may } = useSession()
  const cache = useQueryClient()
  const tell = useNotice()
  const learn = useMutation({
    mutationFn: () => client.learnTriage(),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['getTriageRisk'] }),
    onError: tell,
  })
  if (!may('operator')) return null
  return (
    <Button loading={learn.isPending} onClick={() => learn.mutate()}>
      {t('risk.learn')}
    </Button>
  )
}
