import { useMutation } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { useSession } from '../../house/session.tsx'
import { useNotice } from '../../house/use-notice.ts'
import { useWords } from '../../words/use-words.ts'

interface Props {
  readonly alert: string
  readonly onEvent: (text: string) => void
}

/** Fills the box with the event of an alert, where it is kept whole. */
export function LatestEventButton({ alert, onEvent }: Props) {
  const { t } = useWords()
  const { client } = useSession()
  const tell = useNotice()
  const { message } = App.useApp()
  const fetch = useMutation({
    mutationFn: () => client.getAlert(alert),
    onSuccess: ({ eventKept, event }) => {
      if (eventKept === 'whole') onEvent(JSON.stringify(event, undefined, 2))
      else void message.info(t('explain.notKept'))
    },
    onError: tell,
  })
  return (
    <Button loading={fetch.isPending} onClick={() => fetch.mutate()}>
      {t('explain.latest')}
    </Button>
  )
}
