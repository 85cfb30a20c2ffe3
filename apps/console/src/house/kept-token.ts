const KEY = 'dengta.token'

/** Takes `#token=...` out of the address, so that it is neither bookmarked nor shared. */
export function takeToken(location: Location, history: History, storage: Storage): string | undefined {
  const token = tokenOfFragment(location.hash)
  if (token === undefined) return storage.getItem(KEY) ?? undefined
  history.replaceState(history.state, '', location.pathname + location.search)
  storage.setItem(KEY, token)
  return token
}

export function tokenOfFragment(fragment: string): string | undefined {
  return new URLSearchParams(fragment.replace(/^#/, '')).get('token') || undefined
}

/** Kept for this tab only: closing it signs out. */
export function keepToken(storage: Storage, token: string | undefined): void {
  if (token === undefined) storage.removeItem(KEY)
  else storage.setItem(KEY, token)
}
