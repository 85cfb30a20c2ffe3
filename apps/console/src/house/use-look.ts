import { useSyncExternalStore } from 'react'
import type { Look } from '../look/theme.ts'
import { usePreferences } from './preferences.tsx'

const QUERY = '(prefers-color-scheme: dark)'

function subscribe(notify: () => void): () => void {
  const media = matchMedia(QUERY)
  media.addEventListener('change', notify)
  return () => media.removeEventListener('change', notify)
}

/** The chosen look, or that of the system. */
export function useLook(): Look {
  const { look } = usePreferences()
  const systemIsDark = useSyncExternalStore(
    subscribe,
    () => matchMedia(QUERY).matches,
    () => false,
  )
  return look ?? (systemIsDark ? 'dark' : 'light')
}
