import { useWords } from '../words/use-words.ts'
import styles from './level-tag.module.css'

const LEVELS = ['informational', 'low', 'medium', 'high', 'critical'] as const
type Level = (typeof LEVELS)[number]

const isLevel = (level: string): level is Level => (LEVELS as readonly string[]).includes(level)

/** How bad a rule or incident is: by word, by the number of bars, by colour. A level of another detector keeps its name. */
export function LevelTag({ level }: { readonly level: string }) {
  const { t } = useWords()
  if (!isLevel(level)) return <span className={styles.level}>{level}</span>
  const filled = LEVELS.indexOf(level) + 1
  return (
    <span className={styles.level} data-level={level}>
      <svg width="17" height="11" viewBox="0 0 17 11" aria-hidden="true">
        {LEVELS.map((each, i) => (
          <rect key={each} x={i * 3.5} y={8 - i * 2} width="2.5" height={3 + i * 2} opacity={i < filled ? 1 : 0.25} />
        ))}
      </svg>
      {t(`level.${level}`)}
    </span>
  )
}
