import { ruleErrors } from './rule-errors.ts'

const MAX_LENGTH = 1000
/** No event is looked at deeper. */
const MAX_LEVELS = 65
const LONG = { what: { en: 'a field name that long or that deep', zh: '如此长或层级如此深的字段名' } }

/** The name without its spaces, as Sigma has it. Throws `unsupported` for one that no event could have. */
export function fieldName(written: string): string {
  const name = written.replaceAll(' ', '')
  if (name.length > MAX_LENGTH || name.split('.').length > MAX_LEVELS) throw ruleErrors.unsupported(LONG)
  return name
}
