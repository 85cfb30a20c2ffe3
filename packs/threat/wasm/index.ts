// The hot part of matching, for WebAssembly with SIMD. Each file names its plain twin in src/match.
export { announcedRules, find, findIn, placeScratch } from './find'
export { addKey, placeKeys } from './keys'
export { placeMemo } from './memo'
export { kindsMet, placePaths, placeSpans, scan } from './scan'

/** First byte that the host may use. */
export function heapBase(): usize {
  return __heap_base
}
