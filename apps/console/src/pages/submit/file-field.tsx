import { useWords } from '../../words/use-words.ts'
import styles from './file-field.module.css'

interface Props {
  /** Given by antd's Form.Item. */
  readonly id?: string
  readonly onChange?: (file: File | undefined) => void
}

/** The browser's own file control: reachable by keyboard and by every screen reader. */
export function FileField({ id, onChange }: Props) {
  const { t } = useWords()
  return (
    <input
      id={id}
      type="file"
      aria-label={t('submit.choose')}
      className={styles.file}
      onChange={({ target }) => onChange?.(target.files?.[0])}
    />
  )
}
