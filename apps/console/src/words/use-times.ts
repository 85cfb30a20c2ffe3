import { useMemo } from 'react'
import { usePreferences } from '../house/preferences.tsx'
import { type Times, times } from './times.ts'

export function useTimes(): Times {
  const { language } = usePreferences()
  return useMemo(() => times(language), [language])
}
