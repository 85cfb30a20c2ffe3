import { usePreferences } from '../house/preferences.tsx'
import { useLook } from '../house/use-look.ts'
import { Icon } from '../parts/icon.tsx'
import { useWords } from '../words/use-words.ts'
import styles from './top-bar.module.css'

/** Follows the system until it is used. */
export function LookSwitch() {
  const { choose } = usePreferences()
  const { t } = useWords()
  const dark = useLook() === 'dark'
  return (
    <button
      type="button"
      className={styles.control}
      aria-label={t(dark ? 'shell.light' : 'shell.dark')}
      onClick={() => choose({ look: dark ? 'light' : 'dark' })}
    >
      <Icon name={dark ? 'sun' : 'moon'} size={17} />
    </button>
  )
}
