import { Typography } from 'antd'
import { useWords } from '../words/use-words.ts'
import styles from './digest.module.css'

/** A hash or key in full, breakable anywhere, to be copied with one click. */
export function Digest({ value }: { readonly value: string }) {
  const { t } = useWords()
  return (
    <Typography.Text className={styles.digest ?? ''} copyable={{ tooltips: [t('shell.copy'), t('shell.copied')] }}>
      {value}
    </Typography.Text>
  )
}
