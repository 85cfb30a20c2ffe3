import type { Text } from '@dengta/kernel'

/** Words that are nobody's to translate: those of a person, and what another machine answered. */
export const sameWords = (words: string): Text => ({ en: words, zh: words })

/** What befell a step, with the step in front. */
export const ofStep = (step: string, { en, zh }: Text): Text => ({ en: `${step}: ${en}`, zh: `${step}：${zh}` })

/** What a run keeps in two languages now, of a version that kept it in one. */
export const bothWords = (words: Text | string): Text => (typeof words === 'string' ? sameWords(words) : words)
