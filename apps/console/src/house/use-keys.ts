import { useEffect, useRef } from 'react'

/** What a key does, by `KeyboardEvent.key`. */
export type Keys = Readonly<Record<string, () => void>>

/** Walking goes on while a key is held; what decides or opens something happens once. */
const HELD = ['j', 'k']

const TYPING = 'input, textarea, select, [contenteditable=true], [role=dialog], [role=listbox], [role=combobox]'

/** Keys of a whole page. They keep still while somebody types, in dialogs, and with Ctrl, Alt or Meta held. */
export function useKeys(keys: Keys, enabled = true): void {
  const latest = useRef(keys)
  useEffect(() => {
    latest.current = keys
  }, [keys])
  useEffect(() => {
    if (!enabled) return
    const press = (event: KeyboardEvent) => {
      const act = latest.current[event.key]
      if (!act || !isFree(event) || (event.repeat && !HELD.includes(event.key))) return
      event.preventDefault()
      act()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [enabled])
}

function isFree(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return false
  return !(event.target instanceof Element && event.target.closest(TYPING))
}
