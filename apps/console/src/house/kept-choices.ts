import type { Choices } from './preferences.tsx'

const KEY = 'dengta.choices'

/** The choices of the last visit; on the first one the language of the browser. */
export function keptChoices(storage: Storage, browserLanguage: string): Choices {
  const language = browserLanguage.toLowerCase().startsWith('zh') ? 'zh' : 'en'
  try {
    const kept = JSON.parse(storage.getItem(KEY) ?? '{}') as Partial<Choices>
    return {
      language: kept.language === 'zh' || kept.language === 'en' ? kept.language : language,
      look: kept.look === 'light' || kept.look === 'dark' ? kept.look : undefined,
    }
  } catch {
    return { language }
  }
}

export function keepChoices(storage: Storage, choices: Choices): void {
  try {
    storage.setItem(KEY, JSON.stringify(choices))
  } catch {
    // A full or forbidden storage costs the memory of a choice, nothing else.
  }
}
