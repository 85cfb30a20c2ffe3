type Given<T> = { [K in keyof T]: Exclude<T[K], undefined> }

/** Options without those that were left out: `exactOptionalPropertyTypes` asks for it. */
export function given<T extends object>(options: T): Partial<Given<T>> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Partial<Given<T>>
}
