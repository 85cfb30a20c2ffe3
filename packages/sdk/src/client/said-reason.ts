import type { Text } from '@dengta/kernel'

/**
 * The reason of a decision as a person reads it. Reasons are sealed as they were written, so the stiff places of earlier
 * ones are put into words here: a share of no verdicts, a gap before a per cent sign, and a hyphen for a minus.
 */
export function saidReason({ en, zh }: Text): Text {
  return {
    en: closed(en)
      .replace('this signature was an attack in 0 of 0 verdicts', 'nobody has judged this signature yet')
      .replace('0 attacks in 0 verdicts on this signature', 'nobody has judged this signature yet'),
    zh: closed(zh).replace('该特征的 0 个结论中有 0 个为攻击', '该特征尚无人给出结论'),
  }
}

const closed = (text: string): string => text.replace(/(\d) %/g, '$1%').replace(/ -(?=\d)/g, ' −')
