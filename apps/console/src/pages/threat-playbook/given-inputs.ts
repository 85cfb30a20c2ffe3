/** Inputs that the address carries as JSON; what is no text is left out. An address is written by anybody. */
export function givenInputs(given: unknown): Readonly<Record<string, string>> {
  const value = typeof given === 'string' ? parsed(given) : given
  if (value === null || typeof value !== 'object') return {}
  const texts = Object.entries(value).filter((pair): pair is [string, string] => typeof pair[1] === 'string')
  return Object.fromEntries(texts)
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}
