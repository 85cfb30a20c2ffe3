import { ApiError } from '@dengta/sdk'
import { App } from 'antd'
import { useWords } from '../words/use-words.ts'

/** Tells of a failed action in the corner, in the reader's language and with its code. */
export function useNotice(): (error: Error) => void {
  const { notification } = App.useApp()
  const { t, say } = useWords()
  return (error) => {
    const known = error instanceof ApiError ? error : undefined
    notification.error({
      title: known ? say(known.text) : t('shell.unexpected'),
      description: `${t('shell.code')} ${known?.code ?? error.name}`,
      placement: 'bottomRight',
    })
  }
}
