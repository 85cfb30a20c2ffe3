import { ApiError } from '@dengta/sdk'
import { App } from 'antd'
import { useWords } from '../words/use-words.ts'

/**
 * Tells of a failed action in the corner, in the reader's language and with its code. `lost` says what is lost by it, where no
 * page shows that any more; it stays until it is closed.
 */
export function useNotice(lost?: string): (error: Error) => void {
  const { notification } = App.useApp()
  const { t, say } = useWords()
  return (error) => {
    const known = error instanceof ApiError ? error : undefined
    const why = known ? say(known.text) : t('shell.unexpected')
    const code = `${t('shell.code')} ${known?.code ?? error.name}`
    notification.error({
      ...(lost === undefined
        ? { title: why, description: code }
        : { title: lost, description: `${why} ${code}`, duration: 0 }),
      placement: 'bottomRight',
    })
  }
}
