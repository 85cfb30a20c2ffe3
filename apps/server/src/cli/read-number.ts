import type { Text } from '@dengta/kernel'
import { InvalidArgumentError } from 'commander'
import type { Terminal } from './terminal.ts'

type Read = (text: string) => number

/** The number that an option was given; says so where it is none. */
export function readNumber({ say }: Pick<Terminal, 'say'>): Read {
  return (text) => {
    const value = text.trim() === '' ? Number.NaN : Number(text)
    if (!Number.isFinite(value)) throw new InvalidArgumentError(say(WORDS.number))
    return value
  }
}

/** The same for what can be counted only: a seed, minutes. */
export function readWhole(terminal: Pick<Terminal, 'say'>): Read {
  const read = readNumber(terminal)
  return (text) => {
    const value = read(text)
    if (!Number.isSafeInteger(value)) throw new InvalidArgumentError(terminal.say(WORDS.whole))
    return value
  }
}

const WORDS = {
  number: { en: 'give a number', zh: '请给出一个数。' },
  whole: { en: 'give a whole number', zh: '请给出整数。' },
} satisfies Record<string, Text>
