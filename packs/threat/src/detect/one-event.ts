const MAX_DEPTH = 64

/** Why a text is no event that rules could look at; the names are those of a scanned line. */
export type EventFault = 'not_json' | 'not_an_object' | 'too_deep'

/** Reads one event that a person or a file hands over: a JSON object of at most 64 levels. */
export function oneEvent(text: string): { readonly event: object } | { readonly fault: EventFault } {
  let event: unknown
  try {
    event = JSON.parse(text)
  } catch {
    return { fault: 'not_json' }
  }
  if (typeof event !== 'object' || event === null || Array.isArray(event)) return { fault: 'not_an_object' }
  return isDeeper(event, MAX_DEPTH) ? { fault: 'too_deep' } : { event }
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((each) => isDeeper(each, levels - 1))
}
