import type { Language } from '@dengta/sdk'
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import type { Look } from '../look/theme.ts'

/** What the reader chose. `look` is undefined while it follows the system. */
export interface Choices {
  readonly language: Language
  readonly look?: Look | undefined
}

interface Preferences extends Choices {
  choose(change: Partial<Choices>): void
}

const Context = createContext<Preferences | undefined>(undefined)

interface Props {
  readonly initial: Choices
  readonly remember?: (choices: Choices) => void
  readonly children: ReactNode
}

export function PreferencesProvider({ initial, remember, children }: Props) {
  const [choices, setChoices] = useState(initial)
  useEffect(() => remember?.(choices), [choices, remember])
  const choose = (change: Partial<Choices>) => setChoices((before) => ({ ...before, ...change }))
  return <Context value={{ ...choices, choose }}>{children}</Context>
}

export function usePreferences(): Preferences {
  const preferences = useContext(Context)
  if (!preferences) throw new TypeError('usePreferences needs a PreferencesProvider above it')
  return preferences
}
