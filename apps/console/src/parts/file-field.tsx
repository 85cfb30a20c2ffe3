import { useWords } from '../words/use-words.ts'
import styles from './file-field.module.css'

interface Props {
  /** Given by antd's Form.Item, all three. */
  readonly id?: string
  readonly value?: File
  readonly onChange?: (file: File | undefined) => void
}

/** The browser's own file control under words of ours: it would speak the browser's language, not the reader's. */
export function FileField({ id, value, onChange }: Props) {
  const { t, bytes } = useWords()
  return (
    <label className={styles.file}>
      <input
        id={id}
        type="file"
        className="unseen"
        aria-label={t('submit.choose')}
        onChange={({ target }) => onChange?.(target.files?.[0])}
      />
      <span className={styles.button}>{t('submit.choose')}</span>
      <span>{value ? `${value.name} · ${bytes(value.size)}` : t('submit.none')}</span>
    </label>
  )
}
