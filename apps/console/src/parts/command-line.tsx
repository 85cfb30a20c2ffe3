import { Typography } from 'antd'
import { useWords } from '../words/use-words.ts'
import styles from './command-line.module.css'

/** A command to be typed, copied with one click. */
export function CommandLine({ command }: { readonly command: string }) {
  const { t } = useWords()
  return (
    <Typography.Text
      code
      copyable={{ text: command, tooltips: [t('shell.copy'), t('shell.copied')] }}
      className={styles.line ?? ''}
    >
      {command}
    </Typography.Text>
  )
}
