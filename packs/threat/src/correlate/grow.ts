type Growable = Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer>

/** The same numbers in a longer array, zeros behind. */
export function grown<T extends Growable>(old: T, length: number): T {
  const next = new (old.constructor as new (length: number) => T)(length)
  next.set(old as never)
  return next
}
