import { usePreferences } from '../house/preferences.tsx'
import { useWords } from '../words/use-words.ts'
import styles from './top-bar.module.css'

/** Names the other language in that language. */
export function LanguageSwitch() {
  const { language, choose } = usePreferences()
  const { t } = useWords()
  const other = language === 'zh' ? 'en' : 'zh'
  return (
    <button
      type="button"
      className={styles.control}
      lang={other === 'zh' ? 'zh-CN' : 'en'}
      aria-label={t('shell.language')}
      onClick={() => choose({ language: other })}
    >
      {other === 'zh' ? '中文' : 'EN'}
    </button>
  )
}
