import { type Fillings, fillText, type Reason, type Text } from '@dengta/kernel'

/** One thing that a reason can say: whether the condition is met by it, and the words. */
interface ReasonWords extends Text {
  readonly met: Reason['met']
}

/** A code with every finding that it can carry. */
export type ReasonTable = Readonly<Record<string, Readonly<Record<string, ReasonWords>>>>

/** Says one finding of a table: `say('g2.leak', 'found', {...})`. */
export function reasonsOf<const T extends ReasonTable>(table: T) {
  return <C extends keyof T & string>(code: C, finding: keyof T[C] & string, fillings: Fillings = {}): Reason => {
    const words = table[code]![finding] as ReasonWords
    return { code, met: words.met, text: fillText({ en: words.en, zh: words.zh }, fillings) }
  }
}
