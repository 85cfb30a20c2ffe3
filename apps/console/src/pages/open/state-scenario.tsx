import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button, Upload } from 'antd'
import { useSession } from '../../house/session.tsx'
import { useNotice } from '../../house/use-notice.ts'
import { useWords } from '../../words/use-words.ts'

/** States a scenario from a file; a mistake in the file comes back by line. */
export function StateScenario() {
  const { t } = useWords()
  const { client } = useSession()
  const cache = useQueryClient()
  const go = useNavigate()
  const tell = useNotice()
  const state = useMutation({
    mutationFn: async (file: Blob) => client.stateScenario({ file: await file.text() }),
    onSuccess: async ({ id }) => {
      await cache.invalidateQueries()
      await go({ to: '/scenarios/$scenario', params: { scenario: id } })
    },
    onError: tell,
  })
  const take = (file: Blob) => {
    state.mutate(file)
    return false
  }
  return (
    <Upload accept=".yaml,.yml,.json" showUploadList={false} beforeUpload={take}>
      <Button type="primary" loading={state.isPending} title={t('open.stateHow')}>
        {t('open.state')}
      </Button>
    </Upload>
  )
}
