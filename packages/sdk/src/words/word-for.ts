import type { Text } from '@dengta/kernel'

/** What people call a code of the house; one of a later version stays as it is. */
export const wordFor = (words: Readonly<Record<string, Text>>, code: string): Text =>
  words[code] ?? { en: code, zh: code }
