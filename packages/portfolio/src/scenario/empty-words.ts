import type { Text } from '@dengta/kernel'
import type { Statement } from './scenario.ts'

/** Words that praise and do not measure. Longer ones first, so that they are taken out whole. */
const EMPTY = {
  en: /\b(artificial intelligence|digital transformation|state of the art|world[- ]class|best[- ]in[- ]class|efficien(?:cy|t)|effective(?:ness)?|smart(?:er)?|intelligen(?:t|ce)|digital(?:i[sz]ation)?|advanced|innovati(?:ve|on)|optimal|optimi[sz](?:e|ed|ation)|better|quality|empower(?:ment)?|automation|automated|modern(?:i[sz]ation)?|seamless|lean|ai)\b/giu,
  zh: /人工智能|数字化转型|提质增效|降本增效|智能化|智慧化|数字化|自动化|现代化|精益化|精细化|高质量|高效率|智能|智慧|高效|效率|效能|效果|质量|优化|先进|创新|赋能|领先|一流/gu,
} as const

/** Words that only carry others: verbs of wishing, articles, "level", "management". */
const CARRIERS = {
  en: /\b(a|an|and|the|of|in|for|to|with|by|more|is|are|our|we|be|overall|much|very|new|improv(?:e|ed|ement|ing)|increas(?:e|ed|ing)|rais(?:e|ed|ing)|boost(?:ed|ing)?|enhanc(?:e|ed|ement|ing)|achiev(?:e|ed|ing)|make|operations?|management|production|process(?:es)?|level|degree|system|capability|solution)\b/giu,
  zh: /提升|提高|增强|改善|实现|推进|促进|加强|打造|达到|进一步|全面|整体|生产|运营|运行|管理|业务|水平|程度|能力|系统|方案|工作|的|了|和|与|及|更|性/gu,
} as const

const SEPARATORS = /[\s\p{P}\p{S}]+/gu

/** The empty words of a text that says nothing besides them; none where a figure or any other word stands. */
export function emptyWords(words: Text): readonly string[] {
  return (['en', 'zh'] as const).flatMap((language) => {
    const found = words[language].match(EMPTY[language]) ?? []
    const rest = words[language].replace(EMPTY[language], ' ').replace(CARRIERS[language], ' ').replace(SEPARATORS, '')
    return rest === '' ? found : []
  })
}

export interface EmptyField {
  readonly path: string
  readonly words: readonly string[]
}

/** The fields of a scenario that consist of words without a measure. */
export function emptyFields({ painPoint, requirement }: Statement): readonly EmptyField[] {
  const { decision, actor, quantity, place, frequency } = painPoint
  const fields: readonly [string, Text][] = [
    ['painPoint.decision', decision],
    ['painPoint.actor', actor],
    ['painPoint.quantity', quantity],
    ['painPoint.place', place],
    ['painPoint.frequency', frequency],
    ['requirement.summary', requirement.summary],
    ['requirement.measurement', requirement.measurement],
  ]
  return fields.map(([path, words]) => ({ path, words: emptyWords(words) })).filter(({ words }) => words.length > 0)
}
