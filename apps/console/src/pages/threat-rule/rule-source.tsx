import type { RuleDetail } from '@dengta/sdk'
import { useWords } from '../../words/use-words.ts'
import styles from './rule.module.css'

/** The YAML with its author and licence over it: the licence asks that they go with the text. */
export function RuleSource({ rule }: { readonly rule: RuleDetail }) {
  const { t } = useWords()
  return (
    <>
      <p className={styles.credit}>{t('alert.credit', { author: rule.author || '–', licence: rule.licence || '–' })}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <pre className={styles.source} tabIndex={0}>
        {rule.yaml}
      </pre>
    </>
  )
}
