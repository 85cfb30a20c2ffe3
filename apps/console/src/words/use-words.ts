import type { Language, Text } from '@dengta/sdk'
import { useMemo } from 'react'
import { usePreferences } from '../house/preferences.tsx'
import { type Formats, formats } from './formats.ts'
import { type Fillings, WORDS, type WordKey, word } from './words.ts'

interface Words extends Formats {
  readonly language: Language
  /** A word of the console. */
  t<K extends WordKey>(key: K, ...fillings: Fillings[K]): string
  /** A text of the house in the chosen language. */
  say(text: Text): string
  /** The word behind a code of the house; a code without one stands as it is. */
  named(key: string, code: string): string
}

export function useWords(): Words {
  const { language } = usePreferences()
  return useMemo(
    () => ({
      language,
      t: (key, ...fillings) => word(language, key, ...fillings),
      say: (text) => text[language],
      named: (key, code) => (key in WORDS ? WORDS[key as WordKey][language] : code),
      ...formats(language),
    }),
    [language],
  )
}
