import { ApiError } from '@dengta/sdk'
import { useEffect, useState } from 'react'
import { ProblemNotice } from '../../parts/problem-notice.tsx'
import { useWords } from '../../words/use-words.ts'
import { type ExcerptLine, excerptOf } from './excerpt.ts'
import styles from './upload-day.module.css'

/** Larger files are not read again to show a line of them. */
const MOST_BYTES = 4 * 1024 * 1024

/** What is wrong with a day that was refused: the text, the field, and the line in its file. */
export function DayFault({ error, file }: { readonly error: Error; readonly file: File }) {
  const { t } = useWords()
  const details = error instanceof ApiError ? error.problem.details : {}
  const lines = useLines(file, typeof details.line === 'number' ? details.line : 0)
  return (
    <div style={{ marginBottom: 18 }}>
      <ProblemNotice error={error} />
      {details.path !== undefined && (
        <p className={styles.field}>
          {t('days.field')} <code>{details.path}</code>
        </p>
      )}
      {lines.length > 0 && (
        <figure className={styles.excerpt} aria-label={t('days.line', { line: Number(details.line) })}>
          {lines.map(({ number, text, wrong }) => (
            <div key={number} data-wrong={wrong}>
              <span>{number}</span>
              <code>{text}</code>
            </div>
          ))}
        </figure>
      )}
    </div>
  )
}

function useLines(file: File, line: number): readonly ExcerptLine[] {
  const [lines, setLines] = useState<readonly ExcerptLine[]>([])
  useEffect(() => {
    let wanted = true
    setLines([])
    if (line > 0 && file.size <= MOST_BYTES)
      void file.text().then((text) => {
        if (wanted) setLines(excerptOf(text, line))
      })
    return () => {
      wanted = false
    }
  }, [file, line])
  return lines
}
